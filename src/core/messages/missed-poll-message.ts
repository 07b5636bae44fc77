import { type Card, command, paragraph } from '../card/card.ts';
import { line } from '../card/line.ts';
import { localDate } from '../card/local-date.ts';

/** What the channel is told when nobody could be asked in time: tminus was away, or the clock was moved. */
export function missedPollMessage(poll: {
  releaseKey: string;
  title: string;
  /** When it would have closed; epoch ms. */
  closesAt: number;
  /** The release's zone. */
  zone: string;
  /** It can still be asked for. */
  asksDecision: boolean;
}): Card {
  const { releaseKey, title, closesAt, zone, asksDecision } = poll;
  const summary = `${releaseKey}: ${title} was not held`;
  const next = asksDecision
    ? line` Ask for it now with ${command('release', `go-no-go ${releaseKey}`)}.`
    : '';
  return {
    summary,
    blocks: [
      paragraph(
        line`${summary}. Voting would have closed ${localDate(closesAt, zone)}, before anyone could be asked.${next}`,
      ),
    ],
  };
}
