import { describe, expect, it } from 'vitest';
import { timelineCard } from '../../../../src/bot/cards/answers/timeline-card.ts';
import { plainText } from '../../../../src/bot/slack/render/message.ts';
import type { PlanInput } from '../../../../src/core/plan/plan.ts';
import { examplePlan } from '../../../core/plan/example-plan.ts';

/** The title of the part about the rollout, and its lines. */
function rolloutPart(rollout: PlanInput['rollout']): string[] {
  const { blocks } = timelineCard(examplePlan({ rollout }));
  const texts = blocks.map((block) => {
    if (block.type === 'list') return block.items.map(plainText);
    return block.type === 'paragraph' ? [plainText(block.content)] : [];
  });
  const at = texts.findIndex(([title]) => title?.startsWith('Rollout'));
  return [...(texts[at] ?? []), ...(texts[at + 1] ?? [])];
}

describe('the rollout in the answer to /release timeline', () => {
  it('has each phase with its audience and its earliest instant', () => {
    expect(rolloutPart({ preset: 'staged' })).toEqual([
      'Rollout, canary, preset staged',
      '1 % for 1 day (internal users and early adopters): error rate below 0.1 %, 95th percentile below 200 ms; from Tue 18 Jun 2030, 10:00 (Europe/Amsterdam) on at the earliest',
      '10 % for 2 days (beta users and selected customers): error rate below 0.05 %, 95th percentile below 150 ms; from Wed 19 Jun 2030, 10:00 (Europe/Amsterdam) on at the earliest',
      '50 % for 3 days (half of production traffic): error rate below 0.1 %, 95th percentile below 200 ms; from Fri 21 Jun 2030, 10:00 (Europe/Amsterdam) on at the earliest',
      '100 % (all production users); from Mon 24 Jun 2030, 10:00 (Europe/Amsterdam) on at the earliest',
    ]);
  });

  it("says that phases are the plan's own", () => {
    const phases = [{ trafficPercent: 100, audience: 'VIP customers' }];
    expect(rolloutPart({ strategy: 'rolling', phases })).toEqual([
      'Rollout, rolling, own phases',
      '100 % (VIP customers); from Tue 18 Jun 2030, 10:00 (Europe/Amsterdam) on at the earliest',
    ]);
  });
});
