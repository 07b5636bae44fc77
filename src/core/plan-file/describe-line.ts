import type { YAMLParseError } from 'yaml';
import { quoted, singleQuoted } from './quoted.ts';
import type { SyntaxClue, SyntaxWords } from './syntax-clue.ts';

const strangeSpace =
  /^ *[\u00a0\u2000-\u200b\u202f\u3000\ufeff]|^ *(?:- )?[\w.-]+:[\u00a0\u2000-\u200b\u202f\u3000\ufeff]/;

/** What shows in the line itself, whatever the parser made of it. */
export function describeLine({ line, before, value, error }: SyntaxClue): SyntaxWords | undefined {
  const near = [line, before];
  if (near.some((each) => strangeSpace.test(each)))
    return {
      message: 'has a space that YAML does not count as one, such as a no-break space',
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
function describeValue(value: string, { code, message }: YAMLParseError): SyntaxWords | undefined {
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

function describeCut(near: string[], { code }: YAMLParseError): SyntaxWords | undefined {
  const cut = near.find((each) => /\s#\S/.test(each));
  if (cut === undefined || !['BAD_INDENT', 'MISSING_CHAR', 'UNEXPECTED_TOKEN'].includes(code))
    return undefined;
  const comment = cut.slice(cut.search(/\s#\S/)).trim();
  return {
    message: `goes on after ${quoted(comment)}, which is a comment`,
    expected: 'a text with a # in quotes',
  };
}

function describeColon(
  line: string,
  value: string,
  { code, message }: YAMLParseError,
): SyntaxWords | undefined {
  if (
    !/MULTILINE_IMPLICIT_KEY|BLOCK_AS_IMPLICIT_KEY|MISSING_CHAR/.test(code) ||
    /^A block sequence/.test(message)
  )
    return undefined;
  const key = /^\s*(?:- )?([\w.-]+)(?:\s*=|:(?=\S))\s*(.*)$/.exec(line);
  if (key) {
    const sign = /^\s*(?:- )?[\w.-]+\s*=/.test(line)
      ? 'an equals sign instead of a colon'
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
