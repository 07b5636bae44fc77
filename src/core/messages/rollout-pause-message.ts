import { type Card, command, paragraph, text } from '../card/card.ts';
import { line } from '../card/line.ts';

/** To the release's channel: the rollout stays where it is. `isMidway`: a promotion was under way. */
export function rolloutPausedMessage(facts: {
  releaseKey: string;
  by: string;
  reason: string;
  isMidway: boolean;
}): Card {
  const { releaseKey, by, reason, isMidway } = facts;
  const summary = `⏸ ${releaseKey}: rollout paused`;
  const midway = isMidway ? ' The live system is told to stop where it is; I say here where that was.' : '';
  return {
    summary,
    blocks: [
      { type: 'header', text: summary },
      { type: 'quote', content: [text(reason)] },
      paragraph(
        line`By ${by}. Nothing is promoted until somebody resumes it with ${command('release', `rollout resume ${releaseKey}`)}. Messages go out as planned, and it can be rolled back.${midway}`,
      ),
    ],
  };
}

/** To the same: it goes on. */
export function rolloutResumedMessage(facts: { releaseKey: string; by: string; isMidway: boolean }): Card {
  const { releaseKey, by, isMidway } = facts;
  const summary = `▶️ ${releaseKey}: rollout resumed`;
  const midway = isMidway ? ' The promotion that was stopped goes on.' : '';
  return { summary, blocks: [paragraph(`${summary}, by ${by}.${midway}`)] };
}
