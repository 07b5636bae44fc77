import { type Card, command, paragraph } from '../card/card.ts';
import { line } from '../card/line.ts';
import { describePercent } from '../rollout/describe-percent.ts';

/** What the channel is told when the target has another share than was announced. Shares are percent. */
export function trafficReadMessage(traffic: {
  releaseKey: string;
  observedPercent: number;
  /** Null when it was not known. */
  announcedPercent: number | null;
}): Card {
  const { releaseKey, observedPercent, announcedPercent } = traffic;
  const summary = `${releaseKey}: the live system shows ${describePercent(observedPercent)} % on the new version`;
  const before =
    announcedPercent === null
      ? 'The share was not known until now.'
      : `The last share announced was ${describePercent(announcedPercent)} %.`;
  const next = line`${command('promote')} and ${command('rollback')} continue from there.`;
  return { summary, blocks: [paragraph(`${summary}. ${before} `, next)] };
}
