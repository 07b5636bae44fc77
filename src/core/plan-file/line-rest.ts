/** Where the line ends on which `from` stands, in UTF-16 units. */
export function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

/** What is left of a line from `from` on, without the spaces around it. */
export function lineRest(text: string, from: number): string {
  return text.slice(from, endOfLine(text, from)).trim();
}
