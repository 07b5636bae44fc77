const quotes = /["“”„«»]/;

/**
 * Whether what was typed ends with a question mark, so that nothing may be done without asking. A text in quotes at
 * the end may ask something else; a lone word in quotes is no text. Takes time by the length of what was typed.
 */
export function isQuestion(typed: string): boolean {
  const last = lastMark(typed);
  return last >= 0 && /^[^\p{L}\p{N}_]*$/u.test(typed.slice(last + 1)) && !endsInsideText(typed.trim());
}

/** What was typed, without the question mark at its end. */
export function withoutQuestionMark(typed: string): string {
  const last = lastMark(typed);
  const after = typed.slice(last + 1).replace(/[\s.!]/g, '');
  return `${typed.slice(0, last)}${after}`.replace(/[?？]/g, '').trim();
}

function lastMark(typed: string): number {
  return Math.max(typed.lastIndexOf('?'), typed.lastIndexOf('？'));
}

/** Whether the end is that of a text in quotes, with the question mark in it. */
function endsInsideText(typed: string): boolean {
  let end = typed.length;
  while (end > 0 && /[\s.!]/.test(typed.charAt(end - 1))) end -= 1;
  if (!quotes.test(typed.charAt(end - 1))) return false;
  let start = end - 2;
  while (start >= 0 && !quotes.test(typed.charAt(start))) start -= 1;
  return start >= 0 && lastMark(typed) > start && /\S\s+\S/.test(typed.slice(start + 1, end - 1));
}
