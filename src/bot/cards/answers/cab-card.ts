import { type Block, bold, type Card, note, paragraph } from '../../../core/card/card.ts';
import { inlines, type Line, line } from '../../../core/card/line.ts';
import { localDate } from '../../../core/card/local-date.ts';
import type { CabMeeting } from '../../../services/cab/load-meeting.ts';

/** When the way of releasing itself is reviewed, as dates: YYYY-MM-DD. */
export interface Reviews {
  next: string | undefined;
  last: string | undefined;
  /** The date of today. */
  today: string;
}

/** So many lines of a part are shown. */
const maxShown = 15;

/** What the change advisory board has before it by kind of meeting (S1 §10.1), and the minutes since it met last. */
export function cabCard(meeting: CabMeeting, reviews: Reviews): Card {
  const { next, since, zone, agenda, review, minutes } = meeting;
  const isQuiet = agenda.emergency.length + agenda.weekly.length + review.length === 0;
  const when =
    next === null
      ? 'No weekly meeting is configured: an operator sets cab.meets.'
      : line`Next weekly meeting: ${localDate(next, zone)}`;
  return {
    summary: 'Change advisory board: agenda and minutes',
    blocks: [
      { type: 'header', text: '🏛️ Change advisory board' },
      paragraph(when),
      ...(isQuiet ? [paragraph('Nothing awaits a decision.')] : []),
      ...part(
        next === null ? 'Awaits a decision' : 'Emergency: can’t wait for the weekly meeting',
        agenda.emergency,
      ),
      ...part('Weekly meeting', agenda.weekly),
      ...part('Post-release review', review),
      ...part(line`Minutes: decided since ${localDate(since, zone)}`, minutes),
      ...(minutes.length === 0 ? [note(line`Nothing was decided since ${localDate(since, zone)}.`)] : []),
      ...reviewNotes(reviews),
    ],
  };
}

function part(title: Line, lines: readonly Line[]): Block[] {
  if (lines.length === 0) return [];
  const more = lines.length - maxShown;
  return [
    { type: 'paragraph', content: inlines(title).map((one) => (one.type === 'text' ? bold(one.text) : one)) },
    { type: 'list', ordered: false, items: lines.slice(0, maxShown).map(inlines) },
    ...(more > 0 ? [note(`… and ${more} more.`)] : []),
  ];
}

function reviewNotes({ next, last, today }: Reviews): Block[] {
  const due = next === undefined ? '' : `Next review of the release process: ${next}.`;
  const isOverdue = next !== undefined && next < today;
  const before = last === undefined ? '' : `Last one: ${last}.`;
  const words = [isOverdue ? `⚠️ ${due} That has passed.` : due, before].filter((one) => one !== '');
  return words.length === 0 ? [] : [note(words.join(' '))];
}
