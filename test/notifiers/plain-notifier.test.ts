import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeDestination } from '../../src/core/address/destination.ts';
import { lineText } from '../../src/core/card/line.ts';
import { refreshCards } from '../../src/jobs/cards/refresh-cards.ts';
import type { JobServices } from '../../src/jobs/job-services.ts';
import { sweep } from '../../src/jobs/sweep.ts';
import { createRelease } from '../../src/services/release/create-release.ts';
import { drainToTheEnd } from '../jobs/outbox.ts';
import { accepted, playUntil } from '../services/steps.ts';
import { testAdapters } from '../support/test-adapters.ts';
import { openWorld, type World } from '../support/test-services.ts';
import { outletNamed } from './targets/plain/index.ts';

const address = 'status:https://status.example/web?a=1';
const destination = 'status:address:https%3A%2F%2Fstatus.example%2Fweb%3Fa%3D1';

let world: World;
let jobs: JobServices;
let count = 0;
let outlet: ReturnType<typeof outletNamed>;
beforeEach(async () => {
  world = await openWorld();
  const name = `outlet-${count++}`;
  outlet = outletNamed(name);
  const status = testAdapters.notifiers.create(
    { type: 'plain', outlet: name },
    { clock: world.services.clock },
  );
  jobs = { ...world.jobs, channels: new Map([...world.jobs.channels, ['status', status]]) };
});
afterEach(() => world.close());

const plan = (addresses: string[], channels = jobs.channels) => {
  const input = { plan: { ...world.plan, channels: { ...world.plan.channels, release: addresses } } };
  return createRelease({ ctx: { ...world.as('rita'), channels }, input });
};
const drained = () => drainToTheEnd(world, { jobs, destination });

describe('a notifier that was added as a folder', () => {
  it('gets the messages of a release beside the chat channel', async () => {
    accepted(await plan(['#release-deployment', address]));
    await drained();
    expect(outlet.messages.map(({ id, card }) => [id, lineText(card.summary)])).toEqual([
      ['https://status.example/web?a=1', expect.stringContaining('is planned for')],
    ]);
    expect(
      await world.query(`select destination from deliveries where subject = 'planned' order by seq`),
    ).toEqual([{ destination: 'slack:channel:C-release-deployment' }, { destination }]);
  });

  it('gets a live card as a message of its opening, without buttons, and no edits', async () => {
    accepted(await plan([address]));
    await playUntil(world, '2030-06-11T12:00:00Z');
    await drained();
    const poll = outlet.messages.at(-1)?.card;
    expect(poll?.summary).toContain('readiness');
    expect(poll?.blocks.filter(({ type }) => type === 'actions')).toEqual([]);
    await world.query('update cards set revision = revision + 1');
    const found = (await sweep(jobs)).filter(({ job, id }) => job === 'card' && id === destination);
    expect(found).not.toEqual([]);
    const before = outlet.messages.length;
    expect(await refreshCards(jobs, decodeDestination(destination))).toBeNull();
    expect(outlet.messages).toHaveLength(before);
  });

  it('leaves what may have arrived to a person', async () => {
    accepted(await plan([address]));
    outlet.mishaps.push({ result: 'unknown', detail: 'no answer', arrived: true });
    await drained();
    expect(outlet.messages).toHaveLength(1);
    expect(await world.query(`select state from deliveries where subject = 'planned'`)).toEqual([
      { state: 'unknown' },
    ]);
    expect(await world.query(`select 1 from deliveries where subject = 'delivery-unknown'`)).toHaveLength(1);
  });

  it('has to be configured before a plan can name it', async () => {
    expect(await plan([address], world.jobs.channels)).toMatchObject({
      ok: false,
      refusal: {
        reasons: ['There is no notifier "status"; an operator names it under notifiers in tminus.yaml.'],
      },
    });
  });

  it('is not what a chat platform is: its channels are named by #name', async () => {
    expect(await plan(['slack:C-release-deployment'])).toMatchObject({ ok: false });
  });
});
