/** One line of a scrape. The timestamp and the exemplar that a line may carry are checked and left out. */
export interface PrometheusSample {
  name: string;
  labels: ReadonlyMap<string, string>;
  /** Any float, NaN and the infinities included. */
  value: number;
  /** What is wrong with the series, as a clause; its value is NaN then. */
  problem?: string;
  /** With a problem: whether only the labels before it could be read. */
  lacksLabels?: boolean;
}

/** The text is not in the Prometheus text format; `line` counts from 1. */
export class PrometheusTextError extends Error {
  override name = 'PrometheusTextError';
  readonly line: number;

  constructor(line: number, problem: string) {
    super(`line ${line}: ${problem}`);
    this.line = line;
  }
}

export interface PrometheusTextOptions {
  /** Which series are read, by name. */
  matters: (name: string) => boolean;
  /** A page with more series that matter is refused. */
  maxSamples: number;
}

/** The line of a series that matters is not longer; labels take some hundred characters. */
const maxLineLength = 10_000;
/** No number that a program writes is longer. */
const maxNumberLength = 100;

/**
 * Parses the Prometheus text exposition format 0.0.4, and the exemplars and `# EOF` of OpenMetrics.
 * A series that matters and is odd, or there twice, is given with its problem, so that nobody takes what is left for
 * the whole: half a scrape would look like low numbers. For the same reason the last line must end with a line feed,
 * as the format asks: a body that was cut off is refused. Other lines are passed over, whatever is wrong with them, as
 * long as there is any series on the page. Takes time by the length of the text.
 * @throws PrometheusTextError
 */
export function parsePrometheusText(
  text: string,
  { matters, maxSamples }: PrometheusTextOptions,
): PrometheusSample[] {
  const samples = new Map<string, PrometheusSample>();
  let odd: PrometheusTextError | undefined;
  let anySeries = false;
  for (const { line, number: lineNumber } of linesOf(text)) {
    const name = nameOn(line);
    if (name === undefined && isSilent(line)) continue;
    if (name === undefined) odd ??= new PrometheusTextError(lineNumber, 'expected a metric name at column 1');
    else anySeries = true;
    if (name === undefined || !matters(name)) continue;
    const sample = parseLine(line, lineNumber);
    const key = seriesKey(sample);
    const isThere = samples.has(key);
    if (!isThere && samples.size === maxSamples)
      throw new PrometheusTextError(lineNumber, `more than ${maxSamples} series`);
    const twice = () => new PrometheusTextError(lineNumber, `the series ${sample.name} is there twice`);
    samples.set(key, isThere ? { ...sample, value: Number.NaN, problem: twice().message } : sample);
  }
  if (odd && !anySeries) throw odd;
  return [...samples.values()];
}

function* linesOf(text: string): Generator<{ line: string; number: number }> {
  let start = 0;
  for (let number = 1; start < text.length; number += 1) {
    const end = text.indexOf('\n', start);
    if (end === -1) throw new PrometheusTextError(number, 'the last line has no line feed');
    yield { line: text.slice(start, end), number };
    start = end + 1;
  }
}

/** The name of the series on a line; undefined when the line has none. */
function nameOn(line: string): string | undefined {
  return /^[ \t]*([a-zA-Z_:][a-zA-Z0-9_:]*)/.exec(line)?.[1];
}

/** Whether a line is blank or a comment. */
function isSilent(line: string): boolean {
  return /^[ \t]*(?:#|$)/.test(line);
}

/** The identity of a series: its name and its labels in whatever order they were written. */
export function seriesKey(sample: PrometheusSample): string {
  return JSON.stringify([sample.name, ...[...sample.labels].sort(([a], [b]) => (a < b ? -1 : 1))]);
}

// Sticky, so that each one reads on exactly where the one before it ended.
const blank = /[ \t]*/y;
const metricName = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const labelName = /[a-zA-Z_][a-zA-Z0-9_]*/y;
const labelText = /"((?:[^"\\]|\\.)*)"/y;
const number = /[^ \t#]+/y;
const finiteNumber = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
const infinity = /^([+-]?)inf(?:inity)?$/i;

interface Cursor {
  line: string;
  lineNumber: number;
  position: number;
}

function parseLine(line: string, lineNumber: number): PrometheusSample {
  if (line.length > maxLineLength) {
    throw new PrometheusTextError(lineNumber, `more than ${maxLineLength} characters`);
  }
  const cursor: Cursor = { line, lineNumber, position: 0 };
  skipBlanks(cursor);
  const name = expect(cursor, metricName, 'a metric name');
  const labels = new Map<string, string>();
  let lacksLabels = true;
  try {
    skipBlanks(cursor);
    if (peek(cursor) === '{') readLabels(cursor, labels);
    lacksLabels = false;
    return { name, labels, value: readRest(cursor) };
  } catch (error) {
    if (!(error instanceof PrometheusTextError)) throw error;
    return { name, labels, value: Number.NaN, problem: error.message, lacksLabels };
  }
}

/** What follows the labels; gives the value. */
function readRest(cursor: Cursor): number {
  skipBlanks(cursor);
  const value = readNumber(cursor, 'a value');
  skipBlanks(cursor);
  if (!atEnd(cursor) && peek(cursor) !== '#') readNumber(cursor, 'a timestamp');
  skipBlanks(cursor);
  if (peek(cursor) === '#') readExemplar(cursor);
  if (!atEnd(cursor)) throw problem(cursor, 'the end of the line');
  return value;
}

/** Adds the labels one by one, so that those before a bad one are known; one that is there twice is not. */
function readLabels(cursor: Cursor, labels: Map<string, string>): void {
  expectCharacter(cursor, '{');
  skipBlanks(cursor);
  while (peek(cursor) !== '}') {
    const name = expect(cursor, labelName, 'a label name');
    if (labels.delete(name))
      throw new PrometheusTextError(cursor.lineNumber, `the label ${name} is there twice`);
    skipBlanks(cursor);
    expectCharacter(cursor, '=');
    skipBlanks(cursor);
    labels.set(name, unescapeLabel(expect(cursor, labelText, 'a label value in quotes'), cursor));
    skipBlanks(cursor);
    if (peek(cursor) !== '}') expectCharacter(cursor, ',');
    skipBlanks(cursor);
  }
  expectCharacter(cursor, '}');
}

function unescapeLabel(quoted: string, cursor: Cursor): string {
  return quoted.slice(1, -1).replace(/\\(.)/g, (written, character: string) => {
    if (character === 'n') return '\n';
    if (character === '"' || character === '\\') return character;
    throw new PrometheusTextError(cursor.lineNumber, `unknown escape ${written} in a label value`);
  });
}

function readExemplar(cursor: Cursor): void {
  expectCharacter(cursor, '#');
  skipBlanks(cursor);
  readLabels(cursor, new Map());
  skipBlanks(cursor);
  readNumber(cursor, "an exemplar's value");
  skipBlanks(cursor);
  if (!atEnd(cursor)) readNumber(cursor, "an exemplar's timestamp");
  skipBlanks(cursor);
}

function readNumber(cursor: Cursor, expected: string): number {
  const start = cursor.position;
  const value = parsePrometheusNumber(expect(cursor, number, expected));
  if (value !== undefined) return value;
  cursor.position = start;
  throw problem(cursor, expected);
}

/**
 * A number as the format writes it, undefined when it is none. (`Number` would take '' and '0x10', and
 * would not take '+Inf'.)
 */
export function parsePrometheusNumber(written: string): number | undefined {
  if (written.length > maxNumberLength) return undefined;
  if (finiteNumber.test(written)) return Number(written);
  if (/^nan$/i.test(written)) return Number.NaN;
  const match = infinity.exec(written);
  if (match === null) return undefined;
  return match[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

function skipBlanks(cursor: Cursor): void {
  blank.lastIndex = cursor.position;
  blank.exec(cursor.line);
  cursor.position = blank.lastIndex;
}

function expect(cursor: Cursor, pattern: RegExp, expected: string): string {
  pattern.lastIndex = cursor.position;
  const match = pattern.exec(cursor.line);
  if (match === null) throw problem(cursor, expected);
  cursor.position = pattern.lastIndex;
  return match[0];
}

function expectCharacter(cursor: Cursor, character: string): void {
  if (peek(cursor) !== character) throw problem(cursor, `"${character}"`);
  cursor.position += 1;
}

function peek(cursor: Cursor): string | undefined {
  return cursor.line[cursor.position];
}

function atEnd(cursor: Cursor): boolean {
  return cursor.position >= cursor.line.length;
}

function problem(cursor: Cursor, expected: string): PrometheusTextError {
  return new PrometheusTextError(cursor.lineNumber, `expected ${expected} at column ${cursor.position + 1}`);
}
