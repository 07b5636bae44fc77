import { shortenAtWord } from '../../lib/shorten-text.ts';
import { describeInstant } from '../calendar/describe-instant.ts';
import { cardText } from '../template/card-text.ts';
import { messageOf, type Proposal } from './proposal.ts';

/** So many changed lines are quoted, of so many characters each: the preview has the rest. */
const maxLines = 3;
const lineShown = 160;
/** Words that stay the same are shown on either side of what differs. */
const wordsAround = 3;

/**
 * What differs from what was approved, in sentences. `zone`: the release's. Where the text was edited, and only the
 * template's has changed, that is said, since the edited one may state what no longer holds.
 */
export function describeChanges(approved: Proposal, now: Proposal, zone: string): string[] {
  const was = linesOf(approved, messageOf);
  const is = linesOf(now, messageOf);
  const text = textChanges(was, is);
  const isBeneathEdit = text.length === 0 && now.edited !== null && approved.edited !== null;
  const beneath = isBeneathEdit ? textChanges(linesOf(approved, usualOf), linesOf(now, usualOf)) : [];
  return [
    ...dueChange(approved, now, zone),
    ...placeChange(approved, now),
    ...(now.blocked !== null && approved.blocked === null ? [now.blocked] : []),
    ...text,
    ...(beneath.length > 0
      ? [`Your own text is unchanged. Check it, because the template's has changed: ${beneath.join(' ')}`]
      : []),
  ];
}

const usualOf = ({ usual }: Proposal) => usual;

function linesOf(proposal: Proposal, of: typeof messageOf): string[] {
  const message = of(proposal);
  return message === null ? [] : cardText(message).split('\n').filter(Boolean);
}

function dueChange({ dueAt: was }: Proposal, { dueAt: is }: Proposal, zone: string): string[] {
  if (was === is || was === null || is === null) return [];
  return [`It is due ${describeInstant(is, zone)}, not ${describeInstant(was, zone)}.`];
}

function placeChange({ addresses: was }: Proposal, { addresses: is }: Proposal): string[] {
  return was.join() === is.join() ? [] : [`It goes to ${is.join(', ')}, not to ${was.join(', ')}.`];
}

function textChanges(was: readonly string[], is: readonly string[]): string[] {
  const gone = was.filter((line) => !is.includes(line));
  const added = is.filter((line) => !was.includes(line));
  const count = Math.max(gone.length, added.length);
  const shown = Array.from({ length: Math.min(count, maxLines) }, (_, index) =>
    change(gone[index], added[index]),
  );
  return count > maxLines ? [...shown, 'More lines have changed, too.'] : shown;
}

function change(before: string | undefined, after: string | undefined): string {
  if (before === undefined) return `New: “${shortenAtWord(after ?? '', lineShown)}”`;
  if (after === undefined) return `Gone: “${shortenAtWord(before, lineShown)}”`;
  const [was, is] = differingPart(before.split(' '), after.split(' '));
  return `“${was}” is now “${is}”`;
}

/** Of two lines the words that differ, with a few around them. */
function differingPart(before: readonly string[], after: readonly string[]): [string, string] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const from = Math.max(0, head - wordsAround);
  const kept = Math.max(0, tail - wordsAround);
  const part = (words: readonly string[]) => {
    const shown = words.slice(from, words.length - kept).join(' ');
    return `${from > 0 ? '… ' : ''}${shortenAtWord(shown, lineShown)}${kept > 0 ? ' …' : ''}`;
  };
  return [part(before), part(after)];
}
