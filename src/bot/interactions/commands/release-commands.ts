import { closest } from '../../../lib/closest.ts';
import { isReleaseKey } from './parse-release-key.ts';
import { splitWords } from './split-words.ts';

/** The subcommands of `/release`, as help and completion tell them. */
export const releaseCommands = [
  { name: 'new', usage: 'new', help: 'plan a release in a form' },
  { name: 'import', usage: 'import', help: 'plan a release from YAML' },
  { name: 'list', usage: 'list', help: 'all releases under way' },
  {
    name: 'show',
    usage: 'show [release]',
    help: 'a release: what, when, who votes and until when, the phases',
  },
  { name: 'schedule', usage: 'schedule [release]', help: 'every message: sent, coming, withheld' },
  { name: 'go-no-go', usage: 'go-no-go [release]', help: 'ask the required roles for the decision' },
  { name: 'status', usage: 'status [release]', help: 'how the rollout stands' },
  { name: 'help', usage: 'help', help: 'this list' },
] as const;
export type ReleaseCommand = (typeof releaseCommands)[number]['name'];

/** The subcommand that was typed, or what to say of an unknown one; nothing typed asks for help. */
export function readReleaseCommand(
  typed: string,
): { ok: true; command: ReleaseCommand; rest: string } | { ok: false; message: string } {
  const [first, ...rest] = splitWords(typed);
  if (first === undefined) return { ok: true, command: 'help', rest: '' };
  const known = releaseCommands.find(({ name }) => name === first.toLowerCase());
  if (known) return { ok: true, command: known.name, rest: rest.join(' ') };
  return { ok: false, message: `There is no "/release ${first}". ${whatInstead(first)}` };
}

function whatInstead(word: string): string {
  if (isReleaseKey(word)) return `Did you mean /release show ${word.toLowerCase()}?`;
  const match = closest(
    word,
    releaseCommands.map(({ name }) => name),
  );
  return match ? `Did you mean /release ${match}?` : '/release help lists what there is.';
}
