import { type Card, paragraph, text } from '../card/card.ts';
import { line } from '../card/line.ts';
import { localDate } from '../card/local-date.ts';

/** Tells everyone who was told of a release that it does not go live. */
export function cancelledMessage(facts: {
  releaseKey: string;
  /** The go-live that was planned; epoch ms. */
  goLiveAt: number;
  /** The release's zone. */
  zone: string;
  by: string;
  reason: string;
}): Card {
  const { releaseKey, goLiveAt, zone, by, reason } = facts;
  const summary = `${releaseKey} is cancelled and won't go live`;
  return {
    summary,
    blocks: [
      { type: 'header', text: summary },
      paragraph(
        line`Go-live was planned for ${localDate(goLiveAt, zone)}. What was announced here no longer applies.`,
      ),
      { type: 'quote', content: [text(reason)] },
      paragraph(`Cancelled by ${by}.`),
    ],
  };
}
