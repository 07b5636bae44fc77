import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runAction } from '../../../src/bot/interactions/run-action.ts';
import { runCommand } from '../../../src/bot/interactions/run-command.ts';
import { runForm } from '../../../src/bot/interactions/run-form.ts';
import { lineText } from '../../../src/core/card/line.ts';
import { readinessSchema } from '../../../src/core/plan/readiness-schema.ts';
import { askGoNoGo } from '../../../src/services/go-no-go/open-poll.ts';
import { editRelease } from '../../../src/services/lifecycle/edit-release.ts';
import { readinessOf } from '../../../src/services/readiness/readiness-of.ts';
import { recordResults } from '../../../src/services/readiness/record-results.ts';
import { endWaiver, waiveGate } from '../../../src/services/readiness/waive-gate.ts';
import { openWorld, type World } from '../../support/test-services.ts';
import { accepted, auditOf, inWords, planRelease, playUntil, releaseOf, wakeAt } from '../steps.ts';
import { evidence, report, resultOf, waive } from './gate-steps.ts';

let world: World;
let releaseId: string;
beforeEach(async () => {
  world = await openWorld();
  releaseId = await planRelease(world);
});
afterEach(() => world.close());

const releaseKey = 'web-2.4.0';
const readiness = async () =>
  readinessOf(world.services.db, await releaseOf(world, releaseId), world.clock.now());
const stateOf = async (key: string) => (await readiness()).gates.find(({ gate }) => gate.key === key)?.state;
const hour = 3_600_000;

describe('a gate', () => {
  it('is what was measured last, with who said so and the evidence', async () => {
    expect(await stateOf('unit-test-coverage')).toBe('missing');
    await report(world, 'unit-test-coverage', 79);
    expect(await stateOf('unit-test-coverage')).toBe('fail');
    world.clock.moveTo(world.clock.now() + hour);
    await report(world, 'unit-test-coverage', 80);
    const found = (await readiness()).gates.find(({ gate }) => gate.key === 'unit-test-coverage');
    expect(found).toMatchObject({
      state: 'pass',
      result: { value: 80, reportedByName: 'Quinn Abara', evidence, source: 'by hand' },
    });
  });

  it('is not what was measured before, though it comes later', async () => {
    await report(world, 'sast', false);
    const measuredAt = world.clock.now() - hour;
    accepted(await recordResults({ ctx: world.as('sam'), input: { ...resultOf('sast', true), measuredAt } }));
    expect(await stateOf('sast')).toBe('fail');
  });

  it('is stale after a week, and when the version has changed', async () => {
    await report(world, 'sast', true);
    world.clock.moveTo(world.clock.now() + 7 * 24 * hour - 1);
    expect(await stateOf('sast')).toBe('pass');
    world.clock.moveTo(world.clock.now() + 1);
    expect(await stateOf('sast')).toBe('stale');
    await report(world, 'sast', true);
    expect(await stateOf('sast')).toBe('pass');
    const plan = { ...world.plan, version: '2.4.1' };
    accepted(await editRelease({ ctx: world.as('rita'), input: { plan } }));
    expect(await stateOf('sast')).toBe('stale');
  });

  it('takes no result by hand without evidence, and none of another kind', async () => {
    const noEvidence = { ...resultOf('sast', true), evidence: null };
    expect(await recordResults({ ctx: world.as('quinn'), input: noEvidence })).toMatchObject({
      refusal: { code: 'invalid', field: 'evidence' },
    });
    expect(await recordResults({ ctx: world.as('quinn'), input: resultOf('sast', 3) })).toMatchObject({
      refusal: { code: 'invalid', field: 'value' },
    });
    expect(await recordResults({ ctx: world.as('quinn'), input: resultOf('sats', true) })).toMatchObject({
      refusal: { code: 'not-found' },
    });
  });

  it('is waived until an instant, with a reason, by who may; then it counts again', async () => {
    await report(world, 'dast', false);
    await waive(world, 'dast', 2);
    expect(await stateOf('dast')).toBe('waived');
    expect((await auditOf(world, releaseId)).at(-1)).toMatchObject({
      action: 'gate.waived',
      details: { gate: 'dast', reason: 'The scanner is broken.', by: 'Rita Moreno' },
    });
    world.clock.moveTo(world.clock.now() + 2 * hour);
    expect(await stateOf('dast')).toBe('fail');
    const until = world.clock.now() + hour;
    const input = { releaseKey, gate: 'dast', reason: 'Please.', until };
    expect(await waiveGate({ ctx: world.as('dana'), input })).toMatchObject({
      refusal: { code: 'not-permitted', who: expect.anything() },
    });
    expect(await waiveGate({ ctx: world.as('rita'), input: { ...input, until: 1 } })).toMatchObject({
      refusal: { code: 'invalid', field: 'until' },
    });
  });

  it('counts again once its waiver is taken back; a new one takes the place of the old', async () => {
    await waive(world, 'dast', 48);
    await waive(world, 'dast', 1);
    accepted(await endWaiver({ ctx: world.as('rita'), input: { releaseKey, gate: 'dast' } }));
    expect(await stateOf('dast')).toBe('missing');
    expect(await endWaiver({ ctx: world.as('rita'), input: { releaseKey, gate: 'dast' } })).toMatchObject({
      refusal: { code: 'wrong-state' },
    });
  });

  it('is reported and waived by form', async () => {
    const value = { releaseKey };
    expect(await runAction({ ctx: world.as('quinn'), name: 'report-gate', value })).toMatchObject({
      kind: 'form',
    });
    const submit = (values: Record<string, string>) =>
      runForm({ ctx: world.as('quinn'), name: 'report-gate', values, metadata: value });
    expect(await submit({ gate: 'sast', value: 'maybe', evidence })).toMatchObject({
      kind: 'errors',
      errors: { value: expect.stringContaining('passed or failed') },
    });
    expect(await submit({ gate: 'sast', value: 'failed', evidence })).toMatchObject({ kind: 'answer' });
    expect(await stateOf('sast')).toBe('fail');
    const outcome = await runForm({
      ctx: world.as('rita'),
      name: 'waive-gate',
      values: { gate: 'sast', reason: 'A false alarm.', until: '2030-06-20', time: '10:00' },
      metadata: { ...value, zone: 'Europe/Amsterdam' },
    });
    expect(outcome).toMatchObject({ kind: 'answer', title: 'Waived' });
    expect(await stateOf('sast')).toBe('waived');
    const end = { ctx: world.as('rita'), name: 'end-waiver', value: { releaseKey, gate: 'sast' } };
    expect(await runAction(end)).toMatchObject({ kind: 'card' });
    expect(await stateOf('sast')).toBe('fail');
  });
});

describe('readiness', () => {
  it('is a release with every gate passed or waived, and nothing overdue', async () => {
    const { gates } = await readiness();
    for (const { gate } of gates) await waive(world, gate.key, 500);
    expect((await readiness()).isReady).toBe(true);
    await wakeAt(world, '2030-06-14T15:00:00Z');
    const { blocking, isReady } = await readiness();
    expect(isReady).toBe(false);
    expect(blocking.gates).toEqual([]);
    expect(blocking.items.map(({ key }) => key)).toContain('checklist-technical-validation-smoke-tests');
    expect(blocking.milestones.map(({ task }) => task.key)).toEqual([
      'milestone-security-review',
      'milestone-qa-sign-off',
      'milestone-performance-validation',
    ]);
  });

  it('has milestones that wait for those before them', async () => {
    await wakeAt(world, '2030-06-05T08:00:00Z');
    const { milestones } = await readiness();
    expect(milestones.map(({ task, state, waitsFor }) => [task.key, state, waitsFor])).toEqual([
      ['milestone-feature-complete', 'dropped', []],
      ['milestone-code-freeze', 'dropped', []],
      ['milestone-security-review', 'overdue', []],
      ['milestone-qa-sign-off', 'waiting', ['Security review']],
      ['milestone-performance-validation', 'waiting', ['QA sign-off']],
      [
        'milestone-go-no-go-decision',
        'waiting',
        ['Security review', 'QA sign-off', 'Performance validation'],
      ],
      ['milestone-production-deployment', 'waiting', ['Go/no-go decision']],
    ]);
  });

  it('is on one screen: what is in the way, who sees to it, since when', async () => {
    await report(world, 'response-time', 230, 'dana');
    await wakeAt(world, '2030-06-14T15:00:00Z');
    const answer = await runCommand({ ctx: world.as('rita'), name: 'release', words: 'readiness' });
    if (answer.kind !== 'card') throw new Error('no card');
    expect(lineText(answer.card.summary)).toMatch(/^🚦 Web shop 2\.4\.0: \d+ blockers?$/);
    const shown = JSON.stringify(answer.card.blocks);
    expect(shown).toContain('230 ms (below 200 ms)');
    expect(shown).toContain('Dana Fischer');
    expect(shown).toContain('Technical validation: 8 items open since ');
    expect(shown).toContain('waits for Security review');
    expect(answer.card.blocks.length).toBeLessThanOrEqual(50);
  });
});

describe('a vote that waits for readiness', () => {
  beforeEach(async () => {
    const readiness = readinessSchema.parse({ blocksDecision: true });
    accepted(await editRelease({ ctx: world.as('rita'), input: { plan: { ...world.plan, readiness } } }));
  });
  const polls = () => world.query(`select id from polls where kind = 'decision'`);

  it('is not opened by anybody before, and they hear why', async () => {
    const refused = await askGoNoGo({ ctx: world.as('rita'), input: { releaseKey } });
    expect(inWords(refused)).toMatchObject({
      refusal: {
        code: 'conditions-unmet',
        reasons: expect.arrayContaining(['The gate “Unit test coverage” has no result.']),
      },
    });
    expect(await polls()).toEqual([]);
    for (const { gate } of (await readiness()).gates) await waive(world, gate.key, 500);
    accepted(await askGoNoGo({ ctx: world.as('rita'), input: { releaseKey } }));
    expect(await polls()).toHaveLength(1);
  });

  it('is not opened by the schedule either: its channel hears it once, and who opens it then', async () => {
    await playUntil(world, '2030-06-17T12:00:00Z');
    expect(await polls()).toEqual([]);
    const told = await world.query<{ content: unknown }>(
      `select content from deliveries where subject = 'not-ready'`,
    );
    expect(told).toHaveLength(1);
    expect(JSON.stringify(told)).toContain('has not opened: the release is not ready');
    const [item] = await world.query(`select state, note from communications where note like 'Not opened%'`);
    expect(item).toEqual({ state: 'withheld', note: 'Not opened: the release was not ready.' });
  });
});
