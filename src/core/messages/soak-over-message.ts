import { type Card, command, paragraph } from '../card/card.ts';
import { line } from '../card/line.ts';
import { describePercent } from '../rollout/describe-percent.ts';

/** What the channel is told when a phase has soaked. Shares are percent. */
export function soakOverMessage(phase: {
  releaseKey: string;
  trafficPercent: number;
  nextPercent: number;
}): Card {
  const { releaseKey } = phase;
  const summary = `${releaseKey}: the soak at ${describePercent(phase.trafficPercent)} % is over`;
  const promote = command('promote', releaseKey);
  const next = line`If the gates are green, ${promote} takes it to ${describePercent(phase.nextPercent)} %.`;
  return { summary, blocks: [paragraph(`${summary}. `, next)] };
}
