import { quoted } from './quoted.ts';
import type { SyntaxClue, SyntaxWords } from './syntax-clue.ts';

/** What is left to the parser, by its code. */
export function describeCode({ error: { code, message }, after }: SyntaxClue): SyntaxWords | undefined {
  switch (code) {
    case 'MULTIPLE_DOCS':
      return { message: 'begins a second document', expected: 'one plan in a file' };
    case 'RESOURCE_EXHAUSTION':
      return { message: 'is nested too deeply', expected: 'a plan, which is at most six levels deep' };
    case 'NON_STRING_KEY':
      return { message: 'has a list or a group as the name of a field', expected: 'a word' };
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
