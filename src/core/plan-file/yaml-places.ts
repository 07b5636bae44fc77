import { LineCounter } from 'yaml';

/** A place in a text: both count from 1. */
export interface Place {
  line: number;
  column: number;
}

/** Turns offsets in `text`, in UTF-16 units, into places. */
export function placesIn(text: string): (offset: number) => Place {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  return (offset) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
}
