import { isReleaseKey } from './parse-release-key.ts';
import { splitWords } from './split-words.ts';

/** `toPercent` is 0 for a rollback. */
export type ParsedRecord =
  | { ok: true; releaseKey: string | null; toPercent: number; note: string | null }
  /** A sentence or two: what is not understood, by name. */
  | { ok: false; message: string };

type Share = { toPercent: number | null; rest: string };
type Note = { ok: true; note: string | null; isQuoted: boolean };
type NoteReading = Note | { ok: false; message: string };

/** A share of traffic where one is expected; without a sign it may be the beginning of a note. */
const shareShape =
  /^(?:(?:to|at)\s+)?([-+]?\d[\d.,]*)(?:\s*(%|percent\b|per cent\b)(?:\s+of\s+(?:the\s+)?traffic\b)?|(?!\S))/i;
const number = String.raw`\d[\d.,]{0,9}\s{0,9}`;
const percentSign = String.raw`(?:%|percent\b|per cent\b)`;
const range = String.raw`(?:[-–—−~/>→]{1,3}|\.{2,3}|…|(?:up )?to\b|until\b|through\b|and\b|or\b)\s{0,9}`;
const enumeration = String.raw`\s{0,9}[,;:]?\s{0,9}(?:(?:and |then |now ){1,2})?`;
/** `1%–50%`, `10 to 50 %`, `50%, then 100%`: which of them it has now, nobody can tell. */
const severalShape = new RegExp(
  `^(?:(?:to|at|from|between)\\s+)?(?:${number}${percentSign}?\\s{0,9}${range}${number}(?:${percentSign}|[.!]?$)|${number}${percentSign}${enumeration}${number}${percentSign})`,
  'i',
);
/** `web-2.4.0`, as against `p95-latency`, which a note may have. */
const versionShape = /(?<!\S)[a-z][a-z0-9-]*-\d+(?:\.\d+)+(?!\S)/i;
/** Of a note that says more about what happened than would be recorded: `rolled back partly`, `… and deployed again`. */
const moreShape =
  /(?<![\p{L}\p{N}])(?:partial(?:ly)?|partly|(?:re-?|un)?deployed|again|rolled)(?![\p{L}\p{N}])/iu;
const quotes: Readonly<Record<string, RegExp>> = { '"': /["”]/, '“': /["”]/, '„': /["“”]/, '«': /»/ };

/**
 * Reads `[release] deployed [50%] [note]` or `[release] rolled back [note]`; the release may stand before the note,
 * too. A note is in quotes or the rest of the line. Nothing is guessed: whatever could mean something else than it
 * would record is named, and not recorded.
 */
export function parseRecord(typed: string): ParsedRecord {
  const first = takeWord(typed);
  const isKey = isReleaseKey(first.word) && !isRolledBack(first.word);
  const keyBefore = isKey ? first.word : null;
  const verb = isKey ? takeWord(first.rest) : first;
  if (verb.word === '') return fail('What happened?');
  if (verb.word === 'deployed') return readDeployed(verb.rest, keyBefore);
  if (isRolledBack(verb.word)) return readRolledBack(verb.rest, keyBefore);
  const second = takeWord(verb.rest);
  if (verb.word === 'rolled' && second.word === 'back') return readRolledBack(second.rest, keyBefore);
  return fail(`I don't understand "${verb.word}". What happened, was it deployed or rolled back?`);
}

function readDeployed(text: string, keyBefore: string | null): ParsedRecord {
  const read = readShare(text);
  if ('message' in read) return fail(read.message);
  const placed = readKey(read.rest, keyBefore);
  const note = readNote(placed.rest, placed.releaseKey);
  if (!note.ok) return note;
  if (read.toPercent === null && note.note !== null && !note.isQuoted) {
    return fail('To what share of the traffic? Give it right after "deployed", or put the note in quotes.');
  }
  return recordWith(note, { releaseKey: placed.releaseKey, toPercent: read.toPercent ?? 100 });
}

function readRolledBack(text: string, keyBefore: string | null): ParsedRecord {
  const placed = readKey(text, keyBefore);
  if (/^(?:(?:to|at)\s+)?\d[\d.,]*\s*(?:%|percent\b|per cent\b)/i.test(placed.rest)) {
    return fail(
      'Rolled back means that nothing is left on the new version. For a smaller share, say "deployed"; put a note in quotes.',
    );
  }
  const note = readNote(placed.rest, placed.releaseKey);
  return note.ok ? recordWith(note, { releaseKey: placed.releaseKey, toPercent: 0 }) : note;
}

function recordWith(
  { note, isQuoted }: Note,
  record: { releaseKey: string | null; toPercent: number },
): ParsedRecord {
  const more = isQuoted ? undefined : moreShape.exec(note ?? '')?.[0];
  if (more === undefined) return { ok: true, ...record, note };
  return fail(`Is "${more}" part of a note? Then put the note in quotes.`);
}

/** `toPercent` is null where no share was typed. */
function readShare(text: string): Share | { message: string } {
  const several = severalShape.exec(text)?.[0].replace(/^[a-z\s]+/i, '');
  if (several !== undefined) {
    return {
      message: `"${several.trim()}" is more than one share of the traffic. Give the one that it has now, or put the note in quotes.`,
    };
  }
  const found = shareShape.exec(text);
  const [whole = '', digits = '', sign] = found ?? [];
  if (!found) return { toPercent: null, rest: text };
  const rest = text.slice(whole.length).trim();
  if (sign === undefined && rest !== '') {
    return { message: `Is "${digits}" a share of the traffic? Write ${digits}%, or put the note in quotes.` };
  }
  const percent = /^\d{1,3}(?:[.,]\d{1,3})?$/.test(digits) ? Number(digits.replace(',', '.')) : Number.NaN;
  if (percent === 0) return { message: '0 % is not a deployment. If it was rolled back, say "rolled back".' };
  if (!(percent > 0 && percent <= 100)) return { message: `"${digits}%" is not a share of traffic.` };
  return { toPercent: percent, rest };
}

/** A release after what happened, where none was before it. */
function readKey(text: string, keyBefore: string | null): { releaseKey: string | null; rest: string } {
  const { word, rest } = takeWord(text);
  const isHere = keyBefore === null && versionShape.test(word);
  return isHere ? { releaseKey: word, rest } : { releaseKey: keyBefore, rest: text.trim() };
}

function readNote(text: string, releaseKey: string | null): NoteReading {
  const rest = text.replace(/^[\s,;:.–—-]+/u, '').trim();
  const closing = quotes[rest.charAt(0)];
  if (closing) return readQuoted(rest.slice(1), closing);
  const named = versionShape.exec(rest)?.[0];
  if (named !== undefined && named.toLowerCase() !== releaseKey) {
    return fail(`Is it about ${named}? Put the release first, or put the note in quotes.`);
  }
  return { ok: true, note: rest === '' ? null : rest, isQuoted: false };
}

function readQuoted(text: string, closing: RegExp): NoteReading {
  const end = text.search(closing);
  if (end === -1) return fail('The note has no closing quotation mark.');
  const after = text.slice(end + 1).replace(/^[\s.!;,]+/u, '');
  if (after !== '') return fail(`I don't understand "${after.slice(0, 80)}" after the note.`);
  const note = text.slice(0, end).trim();
  return { ok: true, note: note === '' ? null : note, isQuoted: true };
}

function isRolledBack(word: string): boolean {
  return word === 'rolled-back' || word === 'rolledback';
}

/** The first word in small letters, without quotes or punctuation around it, and the text after it as it was typed. */
function takeWord(text: string): { word: string; rest: string } {
  const [whole = '', word = ''] = /^\s*(\S+)\s*/u.exec(text) ?? [];
  return { word: (splitWords(word)[0] ?? '').toLowerCase(), rest: text.slice(whole.length) };
}

function fail(message: string): { ok: false; message: string } {
  return { ok: false, message };
}
