import type * as z from 'zod';
import { closest, suggest } from '../../lib/closest.ts';
import { formatPath, type PlanIssue } from './plan-issue.ts';
import { expectedAt, knownFields } from './schema-at.ts';
import { valueAt } from './value-at.ts';

type ZodIssue = z.core.$ZodIssue;

/**
 * Turns zod's issues on `value` into the plan's words; one misspelt key is one issue, not also a missing
 * field of the right name.
 */
export function explainIssues(root: z.ZodType, value: unknown, issues: readonly ZodIssue[]): PlanIssue[] {
  const explained = issues.flatMap((issue) => explainIssue(root, value, issue));
  const meant = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? meantPaths(root, value, issue) : [],
  );
  return explained.filter((issue) => issue.message !== MISSING || !meant.includes(formatPath(issue.path)));
}

/** What is said of a field that is not there. */
export const MISSING = 'is missing';

/** The paths that misspelt keys were most likely meant for. */
function meantPaths(root: z.ZodType, value: unknown, issue: z.core.$ZodIssueUnrecognizedKeys): string[] {
  const path = toPath(issue.path);
  const known = knownFields(root, value, path);
  return issue.keys.map((key) => formatPath([...path, closest(key, known) ?? key]));
}

function toPath(path: readonly PropertyKey[]): (string | number)[] {
  return path.map((part) => (typeof part === 'number' ? part : String(part)));
}

function explainIssue(root: z.ZodType, value: unknown, issue: ZodIssue): PlanIssue[] {
  const path = toPath(issue.path);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(root, value, path, key));
  const found = valueAt(value, path);
  const expected = wordsFromIssue(issue, 'expected') ?? expectedAt(root, value, path) ?? 'another value';
  const hint = wordsFromIssue(issue, 'hint') ?? hintFor(issue, found);
  const message = describeFault(issue, found);
  return [{ path, message, expected, ...(hint === undefined ? {} : { hint }), at: 'value' }];
}

function unknownKey(root: z.ZodType, value: unknown, path: (string | number)[], key: string): PlanIssue {
  const known = knownFields(root, value, path);
  const hint = suggest(key, known);
  return {
    path: [...path, key],
    message: 'is not a field of a plan',
    expected: known.length > 0 ? known.join(', ') : 'no fields here',
    ...(hint === undefined ? {} : { hint }),
    at: 'key',
  };
}

function describeFault(issue: ZodIssue, found: unknown): string {
  if (issue.code === 'custom') return issue.message;
  if (found === undefined) return MISSING;
  if (found === null) return 'is empty';
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

/** A found value in a few words, shortened. */
function describeValue(found: unknown): string {
  if (Array.isArray(found)) return 'a list';
  if (typeof found === 'object' && found !== null) return 'a group of fields';
  if (typeof found === 'string') return `"${shorten(found)}"`;
  return typeof found === 'number' ? `the number ${found}` : shorten(String(found));
}

function shorten(words: string): string {
  return words.length > 60 ? `${words.slice(0, 57)}…` : words;
}

/** A nudge towards the right value: a misspelt choice, or text that YAML reads as a number. */
function hintFor(issue: ZodIssue, found: unknown): string | undefined {
  if (issue.code === 'invalid_type' && issue.expected === 'string' && typeof found === 'number') {
    return 'Put it in quotes to have it read as text.';
  }
  if (typeof found !== 'string') return undefined;
  if (issue.code === 'invalid_value') return suggest(found, issue.values.map(String));
  if (issue.code === 'invalid_union' && 'options' in issue)
    return suggest(found, (issue.options ?? []).map(String));
  return undefined;
}

function wordsFromIssue(issue: ZodIssue, name: 'expected' | 'hint'): string | undefined {
  const words: unknown = issue.code === 'custom' ? issue.params?.[name] : undefined;
  return typeof words === 'string' ? words : undefined;
}
