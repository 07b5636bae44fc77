import { PRODUCTION_CHANNELS, type ProductionChannel } from '../../../core/plan/environments.ts';
import { RELEASE_TYPES, type ReleaseType } from '../../../core/plan/planning-arguments.ts';
import { suggest } from '../../../lib/closest.ts';
import { shortenText } from '../../../lib/shorten-text.ts';
import { parseReleaseKey } from './parse-release-key.ts';
import { splitWords, withoutFirst } from './split-words.ts';

/** What was typed after `/release freeze`. */
export type ParsedFreeze =
  | { kind: 'list' | 'add-form' | 'approve' | 'withdraw' }
  | { kind: 'add'; freeze: TypedFreeze }
  | { kind: 'end'; name: string }
  | { kind: 'now'; reason: string; until: string }
  | { kind: 'break'; releaseKey: string | null; reason: string; until: string }
  | { kind: 'wrong'; message: string };

export interface TypedFreeze {
  name: string;
  from: string;
  until: string;
  /** Null: the default one. */
  zone: string | null;
  products: string[] | null;
  production: ProductionChannel[] | null;
  except: ReleaseType[];
}

/** More than this nobody types on one line. */
const longest = 1_000;

/** Reads `add "Name" from … until … [for …] [except …] [in zone]`, `end NAME`, `now "reason" until …`, `break KEY …`. */
export function parseFreeze(typed: string): ParsedFreeze {
  const text = typed.trim().slice(0, longest).replace(/[“”„]/g, '"');
  const rest = withoutFirst(text);
  const [first = 'list'] = splitWords(text);
  switch (first.toLowerCase()) {
    case 'list':
      return { kind: 'list' };
    case 'add':
      return rest === '' ? { kind: 'add-form' } : parseAdd(rest);
    case 'end':
      return { kind: 'end', name: unquote(rest) };
    case 'approve':
    case 'agree':
      return { kind: 'approve' };
    case 'withdraw':
      return { kind: 'withdraw' };
    case 'now': {
      const { reason, until } = parseReason(rest);
      return { kind: 'now', reason, until };
    }
    case 'break': {
      const { reason, until, before } = parseReason(rest);
      return { kind: 'break', releaseKey: parseReleaseKey(before), reason, until };
    }
    default: {
      const known = ['add', 'end', 'now', 'break', 'approve', 'withdraw'];
      const hint = suggest(first, known) ?? `It takes ${known.join(', ')}, or nothing for the list.`;
      return {
        kind: 'wrong',
        message: `I don't understand "${shortenText(first, maxQuoted)}" after freeze. ${hint}`,
      };
    }
  }
}

/** So much is repeated of what somebody typed, characters. */
const maxQuoted = 80;

const keywords = ['from', 'until', 'for', 'channel', 'except', 'in'] as const;
type Keyword = (typeof keywords)[number];

function parseAdd(text: string): ParsedFreeze {
  const { head, parts } = splitAt(text);
  const name = unquote(head);
  if (name === '') return wrong('The freeze has no name. Put it after "add", in quotes.');
  if (!parts.from || !parts.until)
    return wrong(`"${shortenText(name, maxQuoted)}" has no ${parts.from ? 'until' : 'from'}.`);
  const production = readList(parts.channel, PRODUCTION_CHANNELS);
  const except = readList(parts.except, RELEASE_TYPES);
  const unknown = production.unknown ?? except.unknown;
  if (unknown !== null) return wrong(unknown);
  return {
    kind: 'add',
    freeze: {
      name,
      from: parts.from,
      until: parts.until,
      zone: parts.in ?? null,
      products: parts.for === undefined ? null : entries(parts.for),
      production: production.values.length > 0 ? production.values : null,
      except: except.values,
    },
  };
}

/** Texts between keywords; a name in quotes may have keywords in it. */
function splitAt(text: string): { head: string; parts: { [Each in Keyword]?: string } } {
  const [, quoted, afterQuoted = ''] = /^\s*("[^"]*")(.*)$/s.exec(text) ?? [];
  const words = (quoted === undefined ? text : afterQuoted).trim().split(/\s+/);
  const parts: { [Each in Keyword]?: string } = {};
  const head: string[] = quoted === undefined ? [] : [quoted];
  let at: Keyword | null = null;
  for (const word of words) {
    const keyword = keywords.find((each) => each === word.toLowerCase());
    if (keyword) at = keyword;
    else if (at === null) head.push(word);
    else parts[at] = [parts[at], word].filter(Boolean).join(' ');
  }
  return { head: head.join(' ').trim(), parts };
}

/** The values of a list with commas, and what is none of those that there are. */
export function readList<const Value extends string>(
  text: string | undefined | null,
  values: readonly Value[],
): { values: Value[]; unknown: string | null } {
  const given = entries(text ?? '').map((each) => each.toLowerCase());
  const isKnown = (each: string): each is Value => (values as readonly string[]).includes(each);
  const unknown = given.find((each) => !isKnown(each));
  const message =
    unknown === undefined
      ? null
      : `"${shortenText(unknown, maxQuoted)}" is none of ${values.join(', ')}. ${suggest(unknown, values) ?? ''}`.trim();
  return { values: given.filter(isKnown), unknown: message };
}

/** What stands between commas. */
export function entries(text: string): string[] {
  const all = text.split(',').map((each) => unquote(each));
  return all.filter((each) => each !== '');
}

/** `web-2.4.0 "reason" until 2030-06-20 18:00`, the last two in any order. */
function parseReason(text: string): { reason: string; until: string; before: string } {
  const reason = /"([^"]*)"/.exec(text)?.[1]?.trim() ?? '';
  const plain = text.replace(/"[^"]*"/, ' ');
  const until = /\buntil\s+(\S+(?:\s+\d{1,2}:\d{2})?)/i.exec(plain);
  return { reason, until: until?.[1] ?? '', before: plain.replace(until?.[0] ?? '', ' ').trim() };
}

function unquote(text: string): string {
  return text
    .trim()
    .replace(/^"(.*)"$/s, '$1')
    .trim();
}

function wrong(message: string): ParsedFreeze {
  return { kind: 'wrong', message };
}
