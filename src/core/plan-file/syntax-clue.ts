import type { YAMLParseError } from 'yaml';
import { endOfLine } from './line-rest.ts';
import type { TextFault } from './text-fault.ts';

/** What is known of a place at which the parser gave up. */
export interface SyntaxClue {
  error: YAMLParseError;
  /** The line at which the parser gave up, and the ones around it that are not blank. */
  line: string;
  before: string;
  after: string;
  /** The line without its indentation, its dashes and its key. */
  value: string;
}

/** What is wrong, and what was expected, in words of a person. */
export type SyntaxWords = Omit<TextFault, 'offset'>;

/** Takes the text that was parsed. */
export function syntaxClueAt(text: string, error: YAMLParseError): SyntaxClue {
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
