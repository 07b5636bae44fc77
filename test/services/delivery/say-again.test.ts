import { afterEach, beforeEach, expect, it } from 'vitest';
import { cardText } from '../../../src/core/template/card-text.ts';
import type { JobServices } from '../../../src/jobs/job-services.ts';
import { replyToMessage } from '../../../src/services/conversation/reply-to-message.ts';
import { postHome } from '../../../src/services/home/post-home.ts';
import { drainToTheEnd, overChannel } from '../../jobs/outbox.ts';
import { without } from '../../support/memory-platform.ts';
import { identityOf, idOf, openWorld, type World } from '../../support/test-services.ts';
import { accepted } from '../steps.ts';

let world: World;
let jobs: JobServices;
beforeEach(async () => {
  world = await openWorld();
  jobs = overChannel(world.jobs, without(world.platform, 'find'));
});
afterEach(() => world.close());

const place = 'slack:person:';
const uncertain = { result: 'unknown' as const, detail: 'no answer', arrived: true };
const drained = () => drainToTheEnd(world, { jobs, destination: `${place}${idOf('dana')}` });
const said = () => world.platform.messages.map(({ card }) => cardText(card));

async function answer(): Promise<void> {
  const destination = { channel: 'slack', kind: 'person' as const, id: idOf('dana') };
  const content = { summary: 'There is no release.', blocks: [{ type: 'divider' as const }] };
  accepted(await replyToMessage({ ctx: world.as('dana'), input: { destination, replyTo: null, content } }));
}

const times = (count: number) => Array.from({ length: count }, () => uncertain);

it('an answer that may not have arrived is given again, and says so', async () => {
  await answer();
  world.platform.failPosts(`${place}${idOf('dana')}`, ...times(1));
  await drained();
  expect(said()).toHaveLength(2);
  expect(said()[0]).not.toContain('again');
  expect(said()[1]).toContain("I don't know whether this reached you, so here it is again.");
});

it('where nothing is known to arrive, that ends', async () => {
  await answer();
  world.platform.failPosts(`${place}${idOf('dana')}`, ...times(20));
  await drained();
  expect(said()).toHaveLength(4);
  expect(new Set(said().slice(1)).size).toBe(1);
  const states = await world.query<{ state: string }>('select state from deliveries');
  expect(states.every(({ state }) => state === 'unknown')).toBe(true);
});

it('of a home, its person is told to ask again', async () => {
  accepted(await postHome({ ctx: world.as('dana'), input: { identity: identityOf('dana') } }));
  world.platform.failPosts(`${place}${idOf('dana')}`, ...times(1));
  await drained();
  expect(said().at(-1)).toContain("If you can't see it above, please ask again.");
});
