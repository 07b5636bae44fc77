import { type Document, parseDocument } from 'yaml';
import { checkDocument, MAX_ALIASES } from './check-document.ts';
import { cleanPlanText } from './clean-plan-text.ts';
import { describeSyntax } from './describe-syntax.ts';
import { explainAsWritten } from './explain-as-written.ts';
import { findUnsupportedText } from './find-unsupported-text.ts';
import type { PlanIssue } from './plan-issue.ts';
import type { SyntaxWords } from './syntax-clue.ts';
import { type TextWarning, textWarnings } from './text-warnings.ts';
import { createLocator } from './yaml-locator.ts';
import { type Place, placesIn } from './yaml-places.ts';

export type SyntaxProblem = Place & SyntaxWords;

/** A text read as YAML: plain data, and where each part of it stands. */
export interface YamlReading {
  /** Undefined when the text is too broken to be read. */
  value: unknown;
  problems: SyntaxProblem[];
  /** What was probably meant otherwise, though it can be read. */
  warnings: (TextWarning & Place)[];
  /** Where the subject of an issue stands; for something missing, where it should have been. */
  placeOf(issue: Pick<PlanIssue, 'path' | 'at'>): Place;
  /** Why YAML took the text at a path for something else, and how to write it. */
  explain(path: PlanIssue['path']): string | undefined;
}

export const MAX_PLAN_BYTES = 256 * 1024;
const START: Place = { line: 1, column: 1 };

/**
 * Reads YAML 1.2 (a superset of JSON) with the merge keys of YAML 1.1, of one document and at most 256 KB, also
 * when the text says that it is YAML 1.1. Never throws.
 */
export function readYaml(given: string): YamlReading {
  const bytes = given.length > MAX_PLAN_BYTES ? given.length : new TextEncoder().encode(given).length;
  if (bytes > MAX_PLAN_BYTES) {
    const message = 'is larger than 256 KB';
    return unreadable({ ...START, message, expected: 'a plan, which takes a few KB' });
  }
  const foreign = findUnsupportedText(given);
  // Nothing else is told of such a text: its lines would be shown, and are not made to be read.
  if (foreign) return unreadable({ ...placesIn(given)(foreign.offset), ...foreign });
  const { text, skipped } = cleanPlanText(given);
  const place = placesIn(given);
  return readDocument(parse(text), text, (offset) => place(offset + skipped));
}

/** Each key once is checked by `checkDocument`: the parser's own check compares every key with every other. */
function parse(text: string): Document {
  return parseDocument(text, {
    schema: 'core',
    merge: true,
    resolveKnownTags: false,
    stringKeys: true,
    uniqueKeys: false,
    prettyErrors: false,
  });
}

function readDocument(document: Document, text: string, placeAt: (offset: number) => Place): YamlReading {
  const locator = createLocator(document);
  const read = {
    placeOf: (issue: Pick<PlanIssue, 'path' | 'at'>) => placeAt(locator.offsetOf(issue)),
    explain: (path: PlanIssue['path']) => explainAsWritten(locator.nodeAt(path), text),
  };
  if (document.errors.length > 0) {
    const faults = onePerPlace(document.errors.map((error) => ({ error, ...placeAt(error.pos[0]) })));
    const problems = faults.map(({ error }) => {
      const { offset, ...words } = describeSyntax(error, document, text);
      return { ...placeAt(offset), ...words };
    });
    return { ...read, value: undefined, problems: onePerPlace(problems), warnings: [] };
  }
  const found = checkDocument(document);
  const problems = found.map(({ offset, message, expected }) => ({ ...placeAt(offset), message, expected }));
  if (!found.every(({ readable }) => readable)) return { ...read, value: undefined, problems, warnings: [] };
  const warnings = textWarnings(document, text).map((warning) => ({
    ...warning,
    ...placeAt(warning.offset),
  }));
  return { ...read, ...toValue(document, problems), warnings };
}

function toValue(document: Document, problems: SyntaxProblem[]): Pick<YamlReading, 'value' | 'problems'> {
  try {
    return { value: document.toJS({ maxAliasCount: MAX_ALIASES }), problems };
  } catch (error) {
    // Aliases of aliases: their number is known only when they are expanded.
    if (!(error instanceof ReferenceError || error instanceof RangeError)) throw error;
    const message = 'repeats itself through aliases too often';
    return {
      value: undefined,
      problems: [...problems, { ...START, message, expected: 'the parts written out' }],
    };
  }
}

function unreadable({ line, column, message, expected }: SyntaxProblem): YamlReading {
  const problems = [{ line, column, message, expected }];
  return { value: undefined, problems, warnings: [], placeOf: () => START, explain: () => undefined };
}

/** So many lines with faults are told of; more are no help. */
const MAX_FAULTS = 200;

/** The parser may report one mistake many times; the first at each line tells it. */
function onePerPlace<Fault extends Place>(faults: readonly Fault[]): Fault[] {
  const byLine = new Map<number, Fault>();
  for (const fault of faults) {
    if (byLine.size === MAX_FAULTS) break;
    if (!byLine.has(fault.line)) byLine.set(fault.line, fault);
  }
  return [...byLine.values()];
}
