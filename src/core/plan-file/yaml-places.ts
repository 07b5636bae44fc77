import { LineCounter } from 'yaml';

/** A place in a text: both count from 1. */
export interface Place {
  line: number;
  column: number;
}

/** Turns offsets in `text`, in UTF-16 units, into places. A line ends as it does anywhere: `\n`, `\r\n` or `\r`. */
export function placesIn(text: string): (offset: number) => Place {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (const end of text.matchAll(/\r\n?|\n/g)) lines.addNewLine(end.index + end[0].length);
  return (offset) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
}
