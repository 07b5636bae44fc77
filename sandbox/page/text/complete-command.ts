/** Completion of slash commands in the composer. */
import type { Workspace } from '../../control-api.ts';

export type Command = Workspace['commands'][number];

export interface Suggestion {
  /** A word within a sentence; else a command or what belongs to it. */
  kind?: 'word';
  /** What the composer holds once it is taken. */
  insert: string;
  label: string;
  hint: string;
  description: string;
}

/**
 * What could follow `draft`: commands while the command is typed, then the subcommands that its usage hint
 * lists (`new | show KEY`), then release keys where the hint asks for one. Empty when nothing fits.
 */
export function suggestCommands(draft: string, commands: Command[], releaseKeys: string[]): Suggestion[] {
  if (!draft.startsWith('/') || draft.includes('\n')) return [];
  const space = draft.indexOf(' ');
  if (space < 0) return commands.filter(({ command }) => command.startsWith(draft)).map(commandSuggestion);
  const command = commands.find((candidate) => candidate.command === draft.slice(0, space));
  return command ? suggestArguments(draft, command, releaseKeys) : [];
}

/** Takes a draft apart as `/command text`; undefined when it doesn't begin with a slash and a letter. */
export function splitCommand(draft: string): { command: string; text: string } | undefined {
  const match = /^(\/[a-z][\w-]*)(?:\s+([\s\S]*))?$/i.exec(draft.trim());
  return match ? { command: (match[1] ?? '').toLowerCase(), text: match[2] ?? '' } : undefined;
}

/** Words in texts that look like a release's key, such as `web-2.4.0`; each once, in order of appearance. */
export function findReleaseKeys(texts: string[]): string[] {
  const keys = texts.flatMap((text) => text.match(/\b[a-z][a-z0-9]*(?:-[a-z0-9]+)*-\d+\.\d+\.\d+\b/g) ?? []);
  return [...new Set(keys)];
}

function commandSuggestion({ command, usageHint, description }: Command): Suggestion {
  return { insert: `${command} `, label: command, hint: usageHint, description };
}

function suggestArguments(draft: string, command: Command, releaseKeys: string[]): Suggestion[] {
  const words = draft.split(/\s+/).slice(1);
  const typed = words.at(-1) ?? '';
  const stem = draft.slice(0, draft.length - typed.length);
  const subcommands = readSubcommands(command.usageHint);
  const candidates = words.length === 1 ? subcommands : [];
  const keys = takesKey(words.slice(0, -1), subcommands) ? releaseKeys : [];
  const options = [...candidates.map(({ word }) => word), ...keys];
  return options
    .filter((option) => option.startsWith(typed) && option !== typed)
    .map((option) => ({
      insert: `${stem}${option} `,
      label: `${command.command} ${[...words.slice(0, -1), option].join(' ')}`,
      hint: candidates.find(({ word }) => word === option)?.rest ?? '',
      description: '',
    }));
}

/** Whether a release's key may follow: the first word, or after a subcommand whose usage asks for one. */
function takesKey(before: string[], subcommands: { word: string; rest: string }[]): boolean {
  const [first] = before;
  if (first === undefined) return true;
  return before.length === 1 && subcommands.some(({ word, rest }) => word === first && rest.includes('KEY'));
}

/** The alternatives of a usage hint that begin with a literal word: lower case, as it is typed. */
function readSubcommands(usageHint: string): { word: string; rest: string }[] {
  const alternatives = splitAlternatives(usageHint);
  // `KEY [next | full]` lists what may follow a key, not what the command begins with.
  if (alternatives.length < 2 || !/^[a-z]/.test(alternatives[0]?.trim() ?? '')) return [];
  return alternatives.flatMap((alternative) => {
    const match = /^([a-z][a-z-]*)(?:\s+(.*))?$/.exec(alternative.trim());
    return match ? [{ word: match[1] ?? '', rest: match[2] ?? '' }] : [];
  });
}

/** Splits at each bar that stands outside brackets: `freeze [add | now] | help` is two. */
function splitAlternatives(usageHint: string): string[] {
  let depth = 0;
  const parts = [''];
  for (const character of usageHint) {
    if (character === '[') depth += 1;
    if (character === ']') depth -= 1;
    if (character === '|' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}
