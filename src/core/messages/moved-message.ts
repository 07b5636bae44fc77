import { listWords } from '../../lib/list-words.ts';
import { type Card, command, note, paragraph, text } from '../card/card.ts';
import { type Line, line } from '../card/line.ts';
import { localDate } from '../card/local-date.ts';

/** What a new go-live does to decisions and to the schedule. */
export interface MoveConsequences {
  /** A go stood and was taken back. */
  goTakenBack: boolean;
  /** The go/no-go was open and was closed without a decision. */
  pollClosed: boolean;
  /** When the plan asks for the decision, epoch ms; null when that time has passed. */
  asksAt: number | null;
  /** The titles of what is not sent any more because its time has passed. */
  skipped: readonly string[];
}

interface MovedFacts {
  releaseKey: string;
  /** `Web shop 2.4.0`. */
  title: string;
  /** The go-live that was planned, and the new one; epoch ms. */
  before: number;
  after: number;
  zone: string;
  by: string;
  reason: string;
}

/** Tells everyone who was told of a release that it goes live at another time. Without `consequences`: to those who are only told. */
export function movedMessage(facts: MovedFacts & { consequences?: MoveConsequences }): Card {
  const { releaseKey, title, before, after, zone, by, reason, consequences } = facts;
  const summary = line`${title} goes live ${localDate(after, zone)}, no longer ${localDate(before, zone)}`;
  return {
    summary,
    blocks: [
      { type: 'header', text: `📅 ${title}: new go-live date` },
      paragraph(line`Go-live is now ${localDate(after, zone)}. It was ${localDate(before, zone)}.`),
      { type: 'quote', content: [text(reason)] },
      paragraph(`Moved by ${by}.`),
      ...(consequences
        ? [
            ...describeMove(releaseKey, { ...consequences, zone }).map((one) => paragraph(one)),
            note(line`See every message with ${command('release', `schedule ${releaseKey}`)}.`),
          ]
        : [note('Nothing else has changed.')]),
    ],
  };
}

/** Tells customers the new date, and nothing of what is the teams' own business. */
export function movedForCustomers({ title, before, after, zone }: MovedFacts): Card {
  return {
    summary: line`${title} comes ${localDate(after, zone)}, no longer ${localDate(before, zone)}`,
    blocks: [
      { type: 'header', text: `${title} has a new date` },
      paragraph(
        line`${title} is now planned for ${localDate(after, zone)}. We had announced it for ${localDate(before, zone)}.`,
      ),
      paragraph('Until then, everything stays as it is.'),
    ],
  };
}

/** What a new go-live does, in sentences; none when it does nothing. */
export function describeMove(
  releaseKey: string,
  { goTakenBack, pollClosed, asksAt, skipped, zone }: MoveConsequences & { zone: string },
): Line[] {
  const next =
    asksAt === null
      ? line`Ask for it with ${command('release', `go-no-go ${releaseKey}`)}.`
      : line`The next go/no-go opens ${localDate(asksAt, zone)}.`;
  return [
    ...(goTakenBack ? [line`The go decision was for the old date and no longer applies. ${next}`] : []),
    ...(pollClosed ? [line`The open go/no-go was for the old date and is closed. ${next}`] : []),
    ...(skipped.length > 0 ? [`No longer sent, because their time has passed: ${listWords(skipped)}.`] : []),
  ];
}
