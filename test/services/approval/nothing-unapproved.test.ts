import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { messageOf, type Proposal, wordingHash } from '../../../src/core/approval/proposal.ts';
import type { Card } from '../../../src/core/card/card.ts';
import { cancelRelease } from '../../../src/services/lifecycle/cancel-release.ts';
import { editRelease } from '../../../src/services/lifecycle/edit-release.ts';
import { pauseRelease } from '../../../src/services/lifecycle/pause-release.ts';
import { rescheduleRelease } from '../../../src/services/lifecycle/reschedule-release.ts';
import { resumeRelease } from '../../../src/services/lifecycle/resume-release.ts';
import { openWorld, type PersonName, type World } from '../../support/test-services.ts';
import { playUntil, releaseOf } from '../steps.ts';
import { announced, approve, draftOf, endHold, hold, planAnnounced, write } from './draft-steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const releaseKey = 'web-2.4.0';
const decider = fc.constantFrom<PersonName>('priya', 'bo', 'rita');
const word = fc.constantFrom('Vouchers stay', 'Search forgives', 'Hello', '{{goLive.date}}');

/** What may happen to a release and its message; most of it is refused when it makes no sense. */
const step = fc.oneof(
  { weight: 20, arbitrary: fc.record({ do: fc.constant('approve' as const), by: decider }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('write' as const), by: decider, text: word }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('restore' as const), by: decider }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('hold' as const), by: decider, text: word }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('end-hold' as const), by: decider }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('edit-plan' as const), text: word }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('edit-behind' as const), text: word }) },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('move' as const), day: fc.integer({ min: 12, max: 28 }) }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pause' as const) }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('resume' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const) }) },
  {
    weight: 20,
    arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 200 }) }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

async function take(releaseId: string, one: Step): Promise<unknown> {
  const rita = world.as('rita');
  switch (one.do) {
    case 'approve':
      await approve(world, releaseId, one.by);
      // What is late goes out at once.
      return playUntil(world, world.clock.now());
    case 'write':
      return write(world, releaseId, { title: 'News', body: one.text }, one.by);
    case 'restore':
      return write(world, releaseId, null, one.by);
    case 'hold':
      return hold(world, releaseId, one.text, one.by);
    case 'end-hold':
      return endHold(world, releaseId, one.by);
    case 'edit-plan': {
      const { plan } = await releaseOf(world, releaseId);
      return editRelease({ ctx: rita, input: { plan: { ...plan, summary: one.text } } });
    }
    case 'edit-behind':
      // As if a template had been replaced: nobody has looked at the drafts since.
      return world.query(`update releases set plan = jsonb_set(plan, '{summary}', to_jsonb($1::text))`, [
        one.text,
      ]);
    case 'move': {
      const { goLiveAt: from } = await releaseOf(world, releaseId);
      const to = { date: `2030-06-${one.day}`, time: '10:00', from, reason: 'It takes longer.' };
      return rescheduleRelease({ ctx: rita, input: { releaseKey, ...to } });
    }
    case 'pause':
      return pauseRelease({ ctx: rita, input: { releaseKey, reason: 'We wait.', until: null } });
    case 'resume':
      return resumeRelease({ ctx: rita, input: { releaseKey } });
    case 'cancel':
      return cancelRelease({ ctx: rita, input: { releaseKey, reason: 'Not now.' } });
    case 'wait':
      return playUntil(world, world.clock.now() + one.hours * 3_600_000);
  }
}

/** What was sent to customers so far, by the hash of its wording. */
async function sentWordings(): Promise<string[]> {
  const rows = await world.query<{ content: Card }>(
    'select content from deliveries where subject = $1 order by seq',
    [announced],
  );
  return rows.map(({ content }) => wordingHash(content));
}

function hashOf(approved: Proposal | null): string | null {
  const message = approved === null ? null : messageOf(approved);
  return message === null ? null : wordingHash(message);
}

it('nothing ever goes out that was not approved last in exactly that wording', {
  timeout: 300_000,
}, async () => {
  let sentAtAll = 0;
  const run = async (steps: Step[]) => {
    await world.close();
    world = await openWorld();
    const releaseId = await planAnnounced(world);
    for (const one of steps) {
      const before = (await sentWordings()).length;
      const seen = await draftOf(world, releaseId);
      await take(releaseId, one);
      const now = await sentWordings();
      expect(now.length).toBeLessThanOrEqual(1);
      if (now.length === before) continue;
      sentAtAll += 1;
      // By its clock only what was approved before and stands; by an approval only what its giver had before them.
      const isByApproval = one.do === 'approve';
      expect(isByApproval ? seen.state : 'approved').toBe(isByApproval ? 'waiting' : seen.state);
      expect(now).toEqual([hashOf(isByApproval ? seen.proposal : seen.approved)]);
    }
  };
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 14 }), run), {
    numRuns: 30,
    endOnFailure: true,
    examples: [[usual], [late], [behind], [reworded], [lateBehind]],
  });
  expect(sentAtAll).toBeGreaterThan(1);
});

/** As it should be, and as it may be: so that the property is not about nothing. */
const usual: Step[] = [
  { do: 'approve', by: 'priya' },
  { do: 'wait', hours: 300 },
];
const late: Step[] = [
  { do: 'wait', hours: 300 },
  { do: 'approve', by: 'bo' },
];
/** What has changed without anybody's noticing. */
const behind: Step[] = [
  { do: 'approve', by: 'priya' },
  { do: 'edit-behind', text: 'Hello' },
  { do: 'wait', hours: 300 },
];
const reworded: Step[] = [
  { do: 'approve', by: 'priya' },
  { do: 'write', by: 'priya', text: 'Hello' },
  { do: 'wait', hours: 300 },
];
const lateBehind: Step[] = [
  { do: 'wait', hours: 300 },
  { do: 'edit-behind', text: 'Hello' },
  { do: 'approve', by: 'bo' },
  { do: 'approve', by: 'bo' },
];
