import { countWords } from '../../lib/count-words.ts';
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
  /** Titles: what moves with it, what was sent before, what is in the past now, and of that, what is of no use any more. */
  schedule: {
    moved: readonly string[];
    sent: readonly string[];
    past: readonly string[];
    expired: readonly string[];
  };
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
  const summary = line`${title} now goes live ${localDate(after, zone)}, not ${localDate(before, zone)}`;
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

/** What a new go-live does, in sentences; none when it does nothing. */
export function describeMove(
  releaseKey: string,
  { goTakenBack, pollClosed, asksAt, schedule, zone }: MoveConsequences & { zone: string },
): Line[] {
  const next =
    asksAt === null
      ? line`Ask for it with ${command('release', `go-no-go ${releaseKey}`)}.`
      : line`The next go/no-go opens ${localDate(asksAt, zone)}.`;
  return [
    ...(goTakenBack ? [line`The go decision was for the old date and no longer applies. ${next}`] : []),
    ...(pollClosed ? [line`The open go/no-go was for the old date and is closed. ${next}`] : []),
    ...describeSchedule(schedule),
  ];
}

function describeSchedule({ moved, sent, past, expired }: MoveConsequences['schedule']): string[] {
  const before =
    sent.length > 0
      ? ` ${countWords(sent.length, 'message')} ${sent.length === 1 ? 'was' : 'were'} sent before.`
      : '';
  return [
    `${countWords(moved.length, 'message')} still to come ${moved.length === 1 ? 'moves' : 'move'} with it.${before}`,
    ...(past.length > 0
      ? [`Their time has passed, so the release manager is asked whether to send them: ${listWords(past)}.`]
      : []),
    ...(expired.length > 0
      ? [`No longer sent, because it is too late for them: ${listWords(expired)}.`]
      : []),
  ];
}
