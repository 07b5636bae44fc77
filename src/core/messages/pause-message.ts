import { type Card, command, paragraph, text } from '../card/card.ts';
import { type Line, line } from '../card/line.ts';
import { localDate } from '../card/local-date.ts';

/** A pause, as people are told of it; instants are epoch ms. */
export interface DescribedPause {
  since: number;
  /** Null: until somebody resumes it. */
  until: number | null;
}

/** Since when and until when a release is paused: `paused since …, until …`, in each reader's own zone. */
export function pausePhrase({ since, until }: DescribedPause, zone: string): Line {
  const end = until === null ? 'until it is resumed' : line`until ${localDate(until, zone)}`;
  return line`paused since ${localDate(since, zone)}, ${end}`;
}

/** Tells a release's channel that what was to come is held. */
export function pausedMessage(facts: {
  releaseKey: string;
  zone: string;
  pause: DescribedPause & { reason: string };
  by: string;
  /** An open poll stays open. */
  pollOpen: boolean;
}): Card {
  const { releaseKey, zone, pause, by, pollOpen } = facts;
  const until = pause.until === null ? '' : line` until ${localDate(pause.until, zone)}`;
  const summary = line`${releaseKey} is paused${until}`;
  const poll = pollOpen ? ' The open go/no-go stays open, and votes still count.' : '';
  return {
    summary,
    blocks: [
      { type: 'header', text: `${releaseKey} is paused` },
      { type: 'quote', content: [text(pause.reason)] },
      paragraph(
        line`Paused${until} by ${by}. Until it is resumed, no scheduled message goes out, no poll opens or closes, and nothing is promoted.${poll} Rolling back is still possible. The go-live date does not change. Resume with ${command('release', `resume ${releaseKey}`)}.`,
      ),
    ],
  };
}

/** Tells a release's channel that it is resumed. */
export function resumedMessage(facts: {
  releaseKey: string;
  /** Null: its time had come. */
  by: string | null;
  /** How many items have become due meanwhile. */
  overdue: number;
  /** When the open poll closes now; epoch ms, null when none is open. */
  pollClosesAt: number | null;
  /** The release's zone. */
  zone: string;
}): Card {
  const { releaseKey, by, overdue, pollClosesAt, zone } = facts;
  const summary = `${releaseKey} is resumed`;
  const sentences: Line[] = [
    by === null ? 'The pause is over.' : `Resumed by ${by}.`,
    overdue === 0
      ? 'Nothing came due during the pause.'
      : 'What came due during the pause is being done now.',
    ...(pollClosesAt === null ? [] : [line`The open go/no-go closes ${localDate(pollClosesAt, zone)}.`]),
  ];
  return { summary, blocks: [{ type: 'header', text: summary }, ...sentences.map((one) => paragraph(one))] };
}
