import { afterEach, beforeEach, expect, it } from 'vitest';
import { evidenceLines } from '../../../src/core/go-no-go/evidence.ts';
import { latestDecision } from '../../../src/db/queries/decisions.ts';
import { closePoll } from '../../../src/services/go-no-go/close-poll.ts';
import { collectEvidence } from '../../../src/services/go-no-go/collect-evidence.ts';
import { openWorld, type World } from '../../support/test-services.ts';
import { report, waive } from '../readiness/gate-steps.ts';
import { accepted, openDecision, planRelease, releaseOf, voteGo } from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const evidenceOf = async (releaseId: string) =>
  collectEvidence(world.services.db, await releaseOf(world, releaseId), world.clock.now());

it('says nothing of gates before the vote where nobody sends results', async () => {
  const releaseId = await planRelease(world);
  expect((await evidenceOf(releaseId)).readiness).toBeUndefined();
});

it('tells voters which gates before the vote pass, which do not, and which are waived', async () => {
  const releaseId = await planRelease(world);
  await report(world, 'unit-test-coverage', 91.3);
  await report(world, 'sast', false);
  await report(world, 'integration-test-coverage', 12);
  await waive(world, 'integration-test-coverage');
  const evidence = await evidenceOf(releaseId);
  expect(evidence.readiness).toMatchObject({
    passing: 1,
    others: expect.arrayContaining([
      expect.objectContaining({ state: 'fail', value: 'failed', waiver: null }),
      expect.objectContaining({
        state: 'waived',
        value: '12 %',
        waiver: expect.objectContaining({ by: 'Rita Moreno', reason: 'The scanner is broken.' }),
      }),
    ]),
  });
  const lines = evidenceLines(evidence).join('\n');
  expect(lines).toMatch(/🔴 .+: failed \(has to pass\)/u);
  expect(lines).toMatch(/🟡 .+: 12 % \(at least \d+ %\), waived by Rita Moreno: The scanner is broken\./u);
  expect(lines).toMatch(/Gates before the vote: 1 pass, \d+ without a result/);
});

it('is kept with the decision as the voters saw it', async () => {
  const releaseId = await planRelease(world);
  await report(world, 'sast', false);
  const pollId = await openDecision(world);
  accepted(await voteGo(world, pollId, 'quinn'));
  accepted(await closePoll({ ctx: world.as('rita'), input: { pollId } }));
  await report(world, 'sast', true);
  const decision = await latestDecision(world.services.db, releaseId);
  expect(decision?.record.evidence.readiness).toMatchObject({ passing: 0, others: [{ state: 'fail' }] });
  expect((await evidenceOf(releaseId)).readiness).toMatchObject({ passing: 1, others: [] });
});
