import { type Card, type Inline, paragraph, request, text } from '../card/card.ts';
import { type Line, line } from '../card/line.ts';
import { standing, type WatchedRollout, wayBack } from './gate-message.ts';
import { ask, type Named } from './mention.ts';

/** A rollback rule that is met. */
export interface MetRule {
  /** `Error rate above 1 % for 5 minutes`. */
  rule: string;
  /** `33.30 %, above 1 %`; null where it can't be said. */
  now: string | null;
  since: Inline;
}

/** tminus takes the traffic back by itself. How it ends is told by the operation. */
export function rollingBackMessage(rollout: WatchedRollout & { met: readonly MetRule[] }): Card {
  const summary = `🔴 ${standing(rollout)}: rolling back by itself`;
  return {
    summary,
    blocks: [
      { type: 'header', text: summary },
      rulesList(rollout.met),
      paragraph('All traffic goes back to the old version. I say here when the live system shows it.'),
    ],
  };
}

/** A rule is met, and people have to decide. `why`: why nothing happens by itself. */
export function askedToRollBackMessage(
  rollout: WatchedRollout & { met: readonly MetRule[]; why: Line; mayRollBack: readonly Named[] },
): Card {
  const summary = `🔴 ${standing(rollout)}: a rollback rule is met`;
  return {
    summary,
    blocks: [
      { type: 'header', text: summary },
      rulesList(rollout.met),
      paragraph(rollout.why),
      request(ask(rollout.mayRollBack, 'roll back, or say here why not.')),
      ...wayBack(rollout),
    ],
  };
}

function rulesList(met: readonly MetRule[]): Card['blocks'][number] {
  const items = met.map(({ rule, now, since }) => [
    text(`${rule}${now === null ? '' : `: now ${now}`}, since `),
    since,
  ]);
  return { type: 'list', ordered: false, items };
}

/** Whoever may has switched automatic rollbacks off for a while. */
export function disarmedMessage(facts: {
  releaseKey: string;
  by: string;
  until: Inline;
  reason: string;
}): Card {
  const { releaseKey, by, until, reason } = facts;
  return {
    summary: `⚠️ ${releaseKey}: automatic rollback is off`,
    blocks: [
      { type: 'header', text: `⚠️ ${releaseKey}: automatic rollback is off` },
      paragraph(line`Until ${until}, by ${by}. When a rule is met, people are asked instead.`),
      { type: 'quote', content: [text(reason)] },
    ],
  };
}

/** It is on again before its time. */
export function armedMessage({ releaseKey, by }: { releaseKey: string; by: string }): Card {
  const summary = `${releaseKey}: automatic rollback is on again`;
  return { summary, blocks: [paragraph(`${summary}, by ${by}.`)] };
}
