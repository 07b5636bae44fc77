import { bold, type Card, paragraph, text } from '../card/card.ts';

/** Tells everyone who was told of a release that it does not go live. */
export function cancelledMessage(facts: {
  releaseKey: string;
  /** The go-live instant that was planned, in the release's zone. */
  goLive: string;
  by: string;
  reason: string;
}): Card {
  const { releaseKey, goLive, by, reason } = facts;
  const summary = `${releaseKey} is cancelled: it does not go live`;
  return {
    summary,
    blocks: [
      { type: 'header', text: summary },
      paragraph(bold('Go-live was planned for '), `${goLive}. What was announced here no longer applies.`),
      { type: 'quote', content: [text(reason)] },
      paragraph(`Cancelled by ${by}.`),
    ],
  };
}
