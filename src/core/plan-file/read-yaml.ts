import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
} from 'yaml';
import type { PlanIssue } from './plan-issue.ts';

/** A place in a text: both count from 1. */
export interface Place {
  line: number;
  column: number;
}

export interface SyntaxProblem extends Place {
  message: string;
  expected: string;
  hint?: string;
}

/** A text read as YAML: plain data, and where each part of it stands. */
export interface YamlReading {
  /** Undefined when the text is too broken to be read. */
  value: unknown;
  problems: SyntaxProblem[];
  /** Where the subject of an issue stands; for something missing, where it should have been. */
  placeOf(issue: Pick<PlanIssue, 'path' | 'at'>): Place;
}

export const MAX_PLAN_BYTES = 256 * 1024;
/** Aliases may repeat a part of a plan, not blow it up: more expansions than this are refused. */
const MAX_ALIASES = 100;
const START: Place = { line: 1, column: 1 };
/** Characters that YAML allows only as escapes. A picture or an archive has them within its first bytes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const noText = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

/** Reads YAML 1.2 (a superset of JSON) of one document and at most 256 KB. Never throws. */
export function readYaml(text: string): YamlReading {
  const bytes = text.length > MAX_PLAN_BYTES ? text.length : new TextEncoder().encode(text).length;
  if (bytes > MAX_PLAN_BYTES) {
    const message = 'is larger than 256 KB';
    return unreadable({ ...START, message, expected: 'a plan, which takes a few KB' });
  }
  const control = noText.exec(text);
  if (control) return unreadable(describeControl(text, control));
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const problems = document.errors.map((error) => ({
    ...placeAt(error.pos[0]),
    ...describeSyntax(error, text),
  }));
  const placeOf: YamlReading['placeOf'] = (issue) => placeAt(offsetOf(document, issue));
  // A repeated key leaves the rest readable; after any other error the structure is a guess.
  if (document.errors.some(({ code }) => code !== 'DUPLICATE_KEY')) {
    return { value: undefined, problems: onePerPlace(problems), placeOf };
  }
  try {
    return { value: document.toJS({ maxAliasCount: MAX_ALIASES }), problems, placeOf };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    const bomb = error.message.startsWith('Excessive');
    const message = bomb
      ? 'repeats itself through aliases too often'
      : 'uses an alias (*) that has no anchor (&)';
    return {
      value: undefined,
      problems: [{ ...START, message, expected: 'the parts written out' }],
      placeOf,
    };
  }
}

function unreadable(problem: SyntaxProblem): YamlReading {
  return { value: undefined, problems: [problem], placeOf: () => START };
}

/** Nothing else is told of such a text: its lines would be shown, and are not made to be read. */
function describeControl(text: string, { 0: control, index }: RegExpExecArray): SyntaxProblem {
  const before = text.slice(0, index).split('\n');
  const code = control.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return {
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
    message: `holds the control character U+${code}, as a picture or an archive does`,
    expected: 'a plan in YAML, a text in UTF-8',
  };
}

function describeSyntax(error: Document['errors'][number], text: string): Omit<SyntaxProblem, keyof Place> {
  switch (error.code) {
    case 'DUPLICATE_KEY':
      return {
        message: `gives ${/^[^\s:]*/.exec(text.slice(error.pos[0]))?.[0]} again`,
        expected: 'each key once',
      };
    case 'MULTIPLE_DOCS':
      return { message: 'begins a second document', expected: 'one plan in a file' };
    case 'TAB_AS_INDENT':
      return { message: 'is indented by a tab', expected: 'spaces' };
    case 'RESOURCE_EXHAUSTION':
      return { message: 'is nested too deeply', expected: 'a plan, which is at most six levels deep' };
    default:
      return { message: `is not YAML: ${error.message}`, expected: 'YAML' };
  }
}

/** The parser may report one mistake many times; the first at each line tells it. */
function onePerPlace(problems: SyntaxProblem[]): SyntaxProblem[] {
  return problems.filter(({ line }, index) => problems.findIndex((other) => other.line === line) === index);
}

function offsetOf(document: Document, { path, at }: Pick<PlanIssue, 'path' | 'at'>): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [depth, part] of path.entries()) {
    const last = depth === path.length - 1;
    const step = stepInto(document, node, part);
    if (step === undefined) return offset;
    node = step.value;
    const value = startOf(step.value);
    offset = (last && at === 'value' ? (value ?? step.key) : (step.key ?? value)) ?? offset;
  }
  return offset;
}

/** Into a map or list (of a repeated key the last counts, as in the data): the node found, and where its key stands. */
function stepInto(document: Document, node: unknown, part: string | number) {
  const inner = isAlias(node) ? node.resolve(document) : node;
  if (isMap(inner)) {
    const pair = inner.items.findLast(
      (item: Pair) => isScalar(item.key) && String(item.key.value) === String(part),
    );
    return pair === undefined ? undefined : { value: pair.value, key: startOf(pair.key) };
  }
  if (!isSeq(inner) || typeof part !== 'number' || part >= inner.items.length) return undefined;
  return { value: inner.items[part], key: undefined };
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}
