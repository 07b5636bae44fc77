import { type Document, isCollection, isScalar, type Scalar, visit, type YAMLParseError } from 'yaml';
import { quoted, singleQuoted } from './quoted.ts';

/** A fault of the text as YAML, in a person's words. */
export interface SyntaxFault {
  /** In UTF-16 units. */
  offset: number;
  message: string;
  expected: string;
}

interface Clue {
  error: YAMLParseError;
  /** The line at which the parser gave up, and the ones around it that are not blank. */
  line: string;
  before: string;
  after: string;
  /** The line without its indentation, its dashes and its key. */
  value: string;
}

type Words = Pick<SyntaxFault, 'message' | 'expected'>;

/** What the parser could not read, by what a person most likely meant. Asked in this order. */
export function describeSyntax(error: YAMLParseError, document: Document, text: string): SyntaxFault {
  const opened = leftOpen(error, document);
  if (opened) return opened;
  const clue = clueAt(text, error);
  const words = describeLine(clue) ??
    describeCode(clue) ?? {
      message: 'cannot be read from here on',
      expected: 'a field, a colon, a space and its value, such as summary: "…"',
    };
  return { offset: error.pos[0], ...words };
}

/** A quote or bracket that is not closed is told where it opens; the parser sees it where the text ends. */
function leftOpen({ code, message, pos }: YAMLParseError, document: Document): SyntaxFault | undefined {
  const quote = code === 'MISSING_CHAR' && /^Missing closing/.test(message);
  const bracket = /end with a [\]}]$/.exec(message);
  if (!quote && !bracket) return undefined;
  let offset = pos[0];
  visit(document, {
    Node: (_, node) => {
      const begins = node.range?.[0] ?? 0;
      if (begins > pos[0]) return visit.BREAK;
      const opens = quote ? isQuoted(node) : isCollection(node) && node.flow === true;
      if (opens) offset = begins;
      return undefined;
    },
  });
  if (quote) return { offset, message: 'opens a quote that is not closed', expected: 'a quote at its end' };
  const close = message.at(-1);
  const expected = `a ${close} at its end; what has a # in it, in quotes`;
  return { offset, message: `opens a ${close === '}' ? '{' : '['} that is not closed`, expected };
}

function isQuoted(node: unknown): node is Scalar {
  return isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
}

function clueAt(text: string, error: YAMLParseError): Clue {
  const at = Math.min(error.pos[0], text.length);
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = endOfLine(text, start);
  const line = text.slice(start, end);
  return {
    error,
    line,
    before:
      text
        .slice(Math.max(0, start - 2_000), start)
        .trimEnd()
        .split('\n')
        .at(-1) ?? '',
    after:
      text
        .slice(end, end + 2_000)
        .trimStart()
        .split('\n')[0] ?? '',
    value: line.replace(/^\s*(?:- +)*(?:[\w"'.-]+:\s+)?/, ''),
  };
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

const strangeSpace =
  /^ *[\u00a0\u2000-\u200b\u202f\u3000\ufeff]|^ *(?:- )?[\w.-]+:[\u00a0\u2000-\u200b\u202f\u3000\ufeff]/;

/** What shows in the line itself, whatever the parser made of it. */
function describeLine({ line, before, value, error }: Clue): Words | undefined {
  const near = [line, before];
  if (near.some((each) => strangeSpace.test(each)))
    return {
      message: 'has a space that YAML does not take for one, such as a no-break space',
      expected: 'plain spaces',
    };
  if (error.code === 'TAB_AS_INDENT' || near.some((each) => /^ *\t\s*\S/.test(each)))
    return { message: 'is indented by a tab', expected: 'spaces' };
  if (near.some((each) => /^\s*(?:```|~~~)|(?:```|~~~)\s*$/.test(each)))
    return {
      message: 'has a code fence (```) within it',
      expected: 'the plan alone, or one fence around it',
    };
  if (/\{\{|\{%/.test(value))
    return {
      message: 'has a placeholder that was not filled in',
      expected: 'its value, or a text in quotes',
    };
  if (/^>+ ?\S/.test(line))
    return { message: 'has a > before its lines, as a quoted e-mail has', expected: 'the plan without them' };
  if (/^\s*[•‣◦·–—] /.test(line))
    return { message: `has a ${line.trim().charAt(0)} for a list`, expected: 'a dash and a space' };
  if (/^\s*%/.test(before) || /directives-end/.test(error.message))
    return {
      message: 'has a line that begins with %, a directive, without --- after it',
      expected: 'the plan without it',
    };
  return describeValue(value, error) ?? describeCut(near, error) ?? describeColon(line, value, error);
}

/** A text whose first character means something to YAML. */
function describeValue(value: string, { code, message }: YAMLParseError): Words | undefined {
  const expected = `the text in quotes: ${quoted(value)}`;
  const first = value.charAt(0);
  const meanings: Record<string, string> = {
    '[': 'a list',
    '{': 'a group of fields',
    '*': 'an alias',
    '&': 'an anchor',
    '!': 'a tag',
    '>': 'a text over several lines',
    '|': 'a text over several lines',
    '@': 'something else',
    '`': 'something else',
    '%': 'a directive',
    ',': 'the next entry',
    ']': 'the end of a list',
    '}': 'the end of a group',
  };
  const fits =
    /at node end|header|Not a YAML token|in YAML stream/.test(message) ||
    ['BAD_SCALAR_START', 'BAD_ALIAS', 'MULTIPLE_ANCHORS', 'MULTIPLE_TAGS'].includes(code);
  if (!fits) return undefined;
  if (first === '"')
    return {
      message: 'goes on after a closing quote',
      expected: `the whole in quotes: ${singleQuoted(value)}`,
    };
  if (first === "'")
    return {
      message: 'goes on after a closing quote',
      expected: `double quotes: ${quoted(value.replace(/^'|'$/g, ''))}`,
    };
  const meaning = meanings[first];
  if (meaning === undefined) return undefined;
  return { message: `begins a text with ${first}, which means ${meaning} in YAML`, expected };
}

function describeCut(near: string[], { code }: YAMLParseError): Words | undefined {
  const cut = near.find((each) => /\s#\S/.test(each));
  if (cut === undefined || !['BAD_INDENT', 'MISSING_CHAR', 'UNEXPECTED_TOKEN'].includes(code))
    return undefined;
  const comment = cut.slice(cut.search(/\s#\S/)).trim();
  return {
    message: `goes on after ${quoted(comment)}, which is a comment`,
    expected: 'a text with a # in quotes',
  };
}

function describeColon(line: string, value: string, { code, message }: YAMLParseError): Words | undefined {
  if (
    !/MULTILINE_IMPLICIT_KEY|BLOCK_AS_IMPLICIT_KEY|MISSING_CHAR/.test(code) ||
    /^A block sequence/.test(message)
  )
    return undefined;
  const key = /^\s*(?:- )?([\w.-]+)(?:\s*=|:(?=\S))\s*(.*)$/.exec(line);
  if (key) {
    const sign = /^\s*(?:- )?[\w.-]+\s*=/.test(line)
      ? 'an equals sign for a colon'
      : 'no space after the colon';
    return { message: `has ${sign}`, expected: `${key[1]}: ${key[2]}` };
  }
  if (/:(?:\s|$)/.test(value))
    return {
      message: 'has a text with a colon in it, which begins a field',
      expected: `the text in quotes: ${quoted(value)}`,
    };
  return undefined;
}

/** What is left to the parser, by its code. */
function describeCode({ error: { code, message }, after }: Clue): Words | undefined {
  switch (code) {
    case 'MULTIPLE_DOCS':
      return { message: 'begins a second document', expected: 'one plan in a file' };
    case 'RESOURCE_EXHAUSTION':
      return { message: 'is nested too deeply', expected: 'a plan, which is at most six levels deep' };
    case 'NON_STRING_KEY':
      return { message: 'has a list or a group for the name of a field', expected: 'a word' };
    case 'KEY_OVER_1024_CHARS':
      return { message: 'has more than 1,024 characters before a colon', expected: 'the text in quotes' };
    case 'BAD_DQ_ESCAPE':
      return {
        message: 'has a backslash in double quotes, where it begins an escape',
        expected: 'two of them (\\\\), or single quotes',
      };
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return /^A block sequence/.test(message)
        ? {
            message: 'is a list entry where a field should be',
            expected: 'its dash indented below its field',
          }
        : {
            message: `is followed by a line that is indented deeper and has a colon: ${quoted(after)}`,
            expected: 'the fields of a group right below each other, a text with a colon in quotes',
          };
    case 'BAD_INDENT':
      return {
        message: 'is indented differently from what it belongs to',
        expected: 'the fields of a group right below each other',
      };
    case 'BLOCK_IN_FLOW':
      return {
        message: 'has no comma between two fields',
        expected: 'commas between them, a text with a colon in quotes',
      };
    case 'MISSING_CHAR':
      return /^Missing ,|^Missing space/.test(message)
        ? { message: 'has no comma between two entries', expected: 'commas between them' }
        : undefined;
    default:
      return undefined;
  }
}
