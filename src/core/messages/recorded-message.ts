import { type Block, type Card, paragraph } from '../card/card.ts';
import { describePercent } from '../rollout/describe-percent.ts';

/** What a person recorded of a release that tminus has no driver for. */
export interface RecordedDeployment {
  releaseKey: string;
  /** Percent of traffic on the new version; 0: it was rolled back. */
  toPercent: number;
  by: string;
  /** Null: none was given. */
  note: string | null;
  /** No go decision stood when it was deployed. */
  withoutGo: boolean;
}

/** The announcement of what a person recorded. It says whose word it is, and never that anything was read. */
export function recordedMessage(recorded: RecordedDeployment): Card {
  const { releaseKey, toPercent, by, note } = recorded;
  const summary = `${releaseKey}: ${describeRecord(toPercent)}, recorded by ${by}`;
  const blocks: Block[] = [paragraph(`${summary}. This was done without tminus, which can't check it.`)];
  if (recorded.withoutGo) blocks.push(paragraph(WITHOUT_GO));
  if (note !== null) {
    blocks.push(paragraph('Note:'), { type: 'quote', content: [{ type: 'text', text: note }] });
  }
  return { summary, blocks };
}

/** What was recorded: `deployed to 50 % of traffic`, `rolled back`. */
export function describeRecord(toPercent: number): string {
  return toPercent === 0 ? 'rolled back' : `deployed to ${describePercent(toPercent)} % of traffic`;
}

/** Said wherever a record is shown of a release that nobody had cleared. */
export const WITHOUT_GO = 'There was no go decision.';
