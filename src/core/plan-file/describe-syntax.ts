import { type Document, isCollection, isScalar, type Scalar, visit, type YAMLParseError } from 'yaml';
import { describeCode } from './describe-code.ts';
import { describeLine } from './describe-line.ts';
import { syntaxClueAt } from './syntax-clue.ts';
import type { TextFault } from './text-fault.ts';

/** What the parser could not read, by what a person most likely meant. Asked in this order. */
export function describeSyntax(error: YAMLParseError, document: Document, text: string): TextFault {
  const opened = leftOpen(error, document);
  if (opened) return opened;
  const clue = syntaxClueAt(text, error);
  const words = describeLine(clue) ??
    describeCode(clue) ?? {
      message: 'cannot be read from here on',
      expected: 'a field, a colon, a space and its value, such as summary: "…"',
    };
  return { offset: error.pos[0], ...words };
}

/** A quote or bracket that is not closed is told where it opens; the parser sees it where the text ends. */
function leftOpen({ code, message, pos }: YAMLParseError, document: Document): TextFault | undefined {
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
