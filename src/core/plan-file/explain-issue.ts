import type * as z from 'zod';
import { closest, suggest } from '../../lib/closest.ts';
import { shortenText } from '../../lib/shorten-text.ts';
import { hasVisibleText } from '../../lib/visible-text.ts';
import { formatPath, type PlanIssue } from './plan-issue.ts';
import { codePointOf } from './quoted.ts';
import { expectedAt, knownFields } from './schema-at.ts';
import { valueAt } from './value-at.ts';

type ZodIssue = z.core.$ZodIssue;

/**
 * Turns zod's issues on `value` into the plan's words; one misspelt key is one issue, not also a missing
 * field of the right name.
 */
export function explainIssues(root: z.ZodType, value: unknown, issues: readonly ZodIssue[]): PlanIssue[] {
  const explained = issues.flatMap((issue) => explainIssue(root, value, issue));
  const meant = new Set(
    issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? meantPaths(root, value, issue) : [])),
  );
  return explained.filter((issue) => issue.message !== MISSING || !meant.has(formatPath(issue.path)));
}

/** What is said of a field that is not there. */
export const MISSING = 'is missing';

/** The paths that misspelt keys were most likely meant for. */
function meantPaths(root: z.ZodType, value: unknown, issue: z.core.$ZodIssueUnrecognizedKeys): string[] {
  const path = toPath(issue.path);
  const known = knownFields(root, value, path);
  return issue.keys.slice(0, MAX_SUGGESTIONS).map((key) => formatPath([...path, closest(key, known) ?? key]));
}

function toPath(path: readonly PropertyKey[]): (string | number)[] {
  return path.map((part) => (typeof part === 'number' ? part : String(part)));
}

function explainIssue(root: z.ZodType, value: unknown, issue: ZodIssue): PlanIssue[] {
  const path = toPath(issue.path);
  if (issue.code === 'unrecognized_keys') return unknownKeys(root, value, path, issue.keys);
  const found = valueAt(value, path);
  const meant = meantOption(issue, found);
  if (meant) {
    return meant.flatMap((part) =>
      explainIssue(root, value, { ...part, path: [...issue.path, ...part.path] }),
    );
  }
  const expected = wordsFromIssue(issue, 'expected') ?? expectedAt(root, value, path) ?? 'another value';
  const hint = wordsFromIssue(issue, 'hint') ?? hintFor(issue, found);
  const message = describeFault(issue, found);
  const wantsText = wantsTextAt(issue) && found !== undefined;
  return [
    {
      path,
      message,
      expected,
      ...(hint === undefined ? {} : { hint }),
      at: 'value',
      ...(wantsText ? { wantsText } : {}),
    },
  ];
}

/** A text is wanted, if only as one of several choices. */
function wantsTextAt(issue: ZodIssue): boolean {
  if (issue.code === 'invalid_type') return issue.expected === 'string';
  return issue.code === 'invalid_union' && issue.errors.some((option) => option.some(wantsTextAt));
}

/** What is wrong with a list where a list is one of the choices. */
function meantOption(issue: ZodIssue, found: unknown): readonly ZodIssue[] | undefined {
  if (issue.code !== 'invalid_union' || !Array.isArray(found)) return undefined;
  return issue.errors.find((option) =>
    option.every((part) => part.code !== 'invalid_type' || part.path.length > 0),
  );
}

/** So many unknown fields of one group get a suggestion; a group with more was not written by hand. */
const MAX_SUGGESTIONS = 100;

function unknownKeys(
  root: z.ZodType,
  value: unknown,
  path: (string | number)[],
  keys: string[],
): PlanIssue[] {
  const known = knownFields(root, value, path);
  const expected = known.length > 0 ? known.join(', ') : 'no fields here';
  return keys.map((key, index): PlanIssue => {
    const hint = index < MAX_SUGGESTIONS ? suggest(key, known) : undefined;
    const message = describeKey(key);
    return { path: [...path, key], message, expected, ...(hint === undefined ? {} : { hint }), at: 'key' };
  });
}

/** A character that does not show makes an unknown name look like the right one. */
function describeKey(key: string): string {
  const hidden = /\p{Cf}|(?! )\p{Zs}/u.exec(key)?.[0];
  if (hidden === undefined) return 'is not a field of a plan';
  return `has a character that does not show, ${codePointOf(hidden)}, in its name`;
}

function describeFault(issue: ZodIssue, found: unknown): string {
  if (issue.code === 'custom') return issue.message;
  if (found === undefined) return MISSING;
  if (found === null) return 'is empty';
  if (issue.code === 'invalid_format' && typeof found === 'string' && !hasVisibleText(found))
    return 'is blank';
  switch (issue.code) {
    case 'invalid_type':
      return `is ${describeValue(found)}`;
    case 'too_big':
      return describeSize(found, `more than ${issue.maximum}`);
    case 'too_small':
      return describeSize(found, `fewer than ${issue.minimum}`);
    default:
      return `is ${describeValue(found)}`;
  }
}

function describeSize(found: unknown, bound: string): string {
  if (Array.isArray(found)) return `has ${found.length} entries, ${bound}`;
  if (typeof found === 'string')
    return found === '' ? 'is empty' : `has ${found.length} characters, ${bound}`;
  return `is ${describeValue(found)}`;
}

/** So much of a found value is shown, characters. */
const maxShown = 60;

/** A found value in a few words, shortened. */
function describeValue(found: unknown): string {
  if (Array.isArray(found)) return 'a list';
  if (typeof found === 'object' && found !== null) return 'a group of fields';
  if (typeof found === 'string') return `"${shortenText(found, maxShown)}"`;
  return typeof found === 'number' ? `the number ${found}` : shortenText(String(found), maxShown);
}

/** A nudge towards the right value: a misspelt choice, or quotes that YAML does not know. */
function hintFor(issue: ZodIssue, found: unknown): string | undefined {
  if (typeof found !== 'string') return undefined;
  if (/^[“”„«‘’‚].*[“”»‘’]$/.test(found))
    return 'These quotes are curly: YAML knows only straight ones, " or \'.';
  if (issue.code === 'invalid_type' && issue.expected === 'array' && /^-\S/.test(found))
    return 'A dash that begins an entry has a space after it.';
  if (issue.code === 'invalid_value') return suggest(found, issue.values.map(String));
  if (issue.code === 'invalid_union' && 'options' in issue)
    return suggest(found, (issue.options ?? []).map(String));
  return undefined;
}

function wordsFromIssue(issue: ZodIssue, name: 'expected' | 'hint'): string | undefined {
  const words: unknown = issue.code === 'custom' ? issue.params?.[name] : undefined;
  return typeof words === 'string' ? words : undefined;
}
