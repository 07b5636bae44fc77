/** A plan's text as YAML gets it. */
export interface CleanText {
  text: string;
  /** So many UTF-16 units of what was given come before it. */
  skipped: number;
}

const byteOrderMark = '\ufeff';
/** With the word after it that names the language; Slack puts the text on the fence's own line. */
const openingFence = /^\s*(?:```|~~~)(?:[^\n:]*\n)?/;

/**
 * Takes away what comes along when a plan is copied and says nothing: a byte-order mark, the code fence around it,
 * a document marker at its end. Old line ends become line feeds. What is inside keeps its lines and columns.
 */
export function cleanPlanText(given: string): CleanText {
  const marked = given.startsWith(byteOrderMark) ? 1 : 0;
  const lines = given.slice(marked).replace(/\r(?!\n)/g, '\n');
  const fence = openingFence.exec(lines)?.[0] ?? '';
  const inside = lines.slice(fence.length);
  const text = withoutEndMarker(fence === '' ? inside : withoutClosingFence(inside));
  return { text, skipped: marked + fence.length };
}

function withoutClosingFence(text: string): string {
  const end = text.trimEnd();
  const closed = ['```', '~~~'].some((fence) => end.endsWith(fence));
  return closed ? `${end.slice(0, -3)}\n` : text;
}

/** `---` as the last line begins a second document that is not there. */
function withoutEndMarker(text: string): string {
  const end = text.trimEnd();
  return end.endsWith('\n---') ? end.slice(0, -3) : text;
}
