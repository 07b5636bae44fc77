import { afterEach, beforeEach, expect, it } from 'vitest';
import { runForm } from '../../../src/bot/interactions/run-form.ts';
import type { FormValues } from '../../../src/core/card/form.ts';
import { openWorld, type World } from '../../support/test-services.ts';
import { planRelease, releaseOf } from '../steps.ts';

let world: World;
let releaseId: string;
beforeEach(async () => {
  world = await openWorld();
  releaseId = await planRelease(world);
});
afterEach(() => world.close());

const metadata = { releaseKey: 'web-2.4.0', zone: 'Europe/Amsterdam' };
const pause = (values: FormValues, opened: unknown = metadata) =>
  runForm({ ctx: world.as('rita'), name: 'pause-release', values, metadata: opened });

it('says beside the field what is missing or wrong, and pauses nothing', async () => {
  const reason = 'The supplier is late.';
  expect(await pause({ reason, until: null, time: '10:00' })).toEqual({
    kind: 'errors',
    errors: { until: 'Choose a date as well, or leave the time empty.' },
  });
  expect(await pause({ reason, until: '2030-06-01', time: '10:00' })).toEqual({
    kind: 'errors',
    errors: { until: 'That time has passed. Choose a later one, or leave it empty.' },
  });
  expect(await pause({ reason: ' ', until: '2030-06-05', time: null })).toEqual({
    kind: 'errors',
    errors: { reason: 'A pause needs a reason: say what it waits for.' },
  });
  expect((await releaseOf(world, releaseId)).pause).toBeNull();
});

it('of an older version does nothing, and says what to do', async () => {
  const outcome = await pause({ reason: 'The supplier is late.' }, { releaseKey: 'web-2.4.0' });
  expect(JSON.stringify(outcome)).toContain('This form is from an older version of tminus.');
  expect((await releaseOf(world, releaseId)).pause).toBeNull();
});

it('pauses until nine in the morning of a date, or until a time of it', async () => {
  expect(await pause({ reason: 'Late.', until: '2030-06-05', time: null })).toMatchObject({
    title: 'Paused',
  });
  const until = Date.parse('2030-06-05T07:00:00Z');
  expect((await releaseOf(world, releaseId)).pause).toMatchObject({ until });
});
