import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeDestination } from '../../../src/core/address/destination.ts';
import type { Card } from '../../../src/core/card/card.ts';
import { refreshCards } from '../../../src/jobs/cards/refresh-cards.ts';
import type { JobServices } from '../../../src/jobs/job-services.ts';
import { sweep } from '../../../src/jobs/sweep.ts';
import type { MessageChannel } from '../../../src/services/ports/message-channel.ts';
import { without } from '../../support/memory-platform.ts';
import { openWorld, type World } from '../../support/test-services.ts';
import { callsOf, channel, drain, overChannel, putLiveCard } from '../outbox.ts';

let world: World;
/** What each live card shows now; null: its subject is gone. */
let state: Record<string, string | null>;
let jobs: JobServices;
beforeEach(async () => {
  world = await openWorld();
  state = { poll: 'state 1', other: 'other 1' };
  const renderLiveCard = async ({ subjectId }: { subjectId: string }): Promise<Card | null> => {
    const summary = state[subjectId] ?? null;
    return summary === null ? null : { summary, blocks: [] };
  };
  jobs = { ...world.jobs, renderLiveCard };
});
afterEach(() => world.close());

const openLiveCard = (subject = 'poll', destination = channel) =>
  putLiveCard(world, { subject, kind: 'poll', destination });
/** Changes what a card shows, and marks it as an action does. */
async function change(summary: string | null, subject = 'poll'): Promise<void> {
  state[subject] = summary;
  await world.query('update cards set revision = revision + 1 where subject_id = $1', [subject]);
}
const post = () => drain(jobs);
const refresh = () => refreshCards(jobs, decodeDestination(channel));
async function refreshToTheEnd(): Promise<void> {
  for (let wait = await refresh(); wait !== null; wait = await refresh()) world.wall.now += wait;
}
const shown = () => world.platform.shown(channel);
const edits = () => callsOf(world, 'update');

describe('a live card', () => {
  it('is posted as it is at that moment, and is then up to date', async () => {
    await openLiveCard();
    await change('state 2');
    await post();
    expect(shown()).toEqual(['state 2']);
    expect(await refresh()).toBeNull();
    expect(edits()).toEqual([]);
  });

  it('is not edited before it was posted', async () => {
    await openLiveCard();
    await change('state 2');
    expect(await refresh()).toBeNull();
    expect(world.platform.calls).toEqual([]);
  });

  it('stays as it was posted in a channel that can not edit', async () => {
    const plain = overChannel(jobs, without(world.platform, 'update'));
    await openLiveCard();
    await drain(plain);
    await change('state 2');
    expect(await refreshCards(plain, decodeDestination(channel))).toBeNull();
    expect(shown()).toEqual(['state 1']);
    expect(await sweep(plain)).toEqual([]);
  });

  it('is edited in place after a change', async () => {
    await openLiveCard();
    await post();
    await change('state 2');
    expect(await refresh()).toBeNull();
    expect(shown()).toEqual(['state 2']);
    expect(edits()).toHaveLength(1);
  });

  it('is not edited when it would show the same', async () => {
    await openLiveCard();
    await post();
    await change('state 1');
    expect(await refresh()).toBeNull();
    expect(edits()).toEqual([]);
  });

  it('that changes while it is posted is asked to be refreshed', async () => {
    await openLiveCard();
    const { platform } = world;
    const busy: MessageChannel = {
      ...platform,
      post: async (message) => {
        await change('state 2');
        return platform.post(message);
      },
    };
    await drain(overChannel(jobs, busy));
    expect(shown()).toEqual(['state 1']);
    expect(world.workItems).toContainEqual({ job: 'card', destination: decodeDestination(channel) });
    await refreshToTheEnd();
    expect(shown()).toEqual(['state 2']);
  });

  it('is posted once when drawing it took so long that another drain has taken it over', async () => {
    await openLiveCard();
    let isFirst = true;
    const slow = async (card: Parameters<JobServices['renderLiveCard']>[0]) => {
      if (isFirst) {
        isFirst = false;
        world.wall.now += jobs.settings.claimLeaseMs + 1;
        await post();
      }
      return jobs.renderLiveCard(card);
    };
    await drain({ ...jobs, renderLiveCard: slow });
    expect(callsOf(world, 'post')).toHaveLength(1);
    expect(shown()).toEqual(['state 1']);
  });

  it('is told apart from those that are posted at the same moment', async () => {
    const elsewhere = 'slack:channel:C-support';
    await openLiveCard('poll', channel);
    await openLiveCard('other', elsewhere);
    const { platform } = world;
    const busy: MessageChannel = {
      ...platform,
      post: async (message) => {
        if (message.destination.id === 'C-support') await change('other 2', 'other');
        return platform.post(message);
      },
    };
    const over = overChannel(jobs, busy);
    await Promise.all([drain(over), drain(over, elsewhere)]);
    expect(world.workItems.filter(({ job }) => job === 'card')).toEqual([
      { job: 'card', destination: decodeDestination(elsewhere) },
    ]);
    expect(await refreshCards(jobs, decodeDestination(channel))).toBeNull();
    expect(edits()).toEqual([]);
    await refreshCards(jobs, decodeDestination(elsewhere));
    expect(platform.shown(elsewhere)).toEqual(['other 2']);
  });

  it('that changes while it is edited is edited once more', async () => {
    await openLiveCard();
    await post();
    await change('state 2');
    const { platform } = world;
    let first = true;
    const busy: MessageChannel = {
      ...platform,
      update: async (message) => {
        if (first) await change('state 3');
        first = false;
        return platform.update(message);
      },
    };
    expect(await refreshCards(overChannel(jobs, busy), decodeDestination(channel))).toBeNull();
    expect(shown()).toEqual(['state 3']);
  });

  it('that two jobs edit at once shows the newest state, whichever edit arrives last', async () => {
    await openLiveCard();
    await post();
    await change('state 2');
    const { platform } = world;
    let first = true;
    const overtaken: MessageChannel = {
      ...platform,
      update: async (message) => {
        if (!first) return platform.update(message);
        first = false;
        await change('state 3');
        await refreshToTheEnd();
        return platform.update(message);
      },
    };
    await refreshCards(overChannel(jobs, overtaken), decodeDestination(channel));
    await refreshToTheEnd();
    expect(shown()).toEqual(['state 3']);
  });

  it('that two jobs edit alike at once is not drawn for ever', async () => {
    await openLiveCard();
    await post();
    await change('state 2');
    await Promise.all([refresh(), refresh()]);
    expect(await refresh()).toBeNull();
    expect(shown()).toEqual(['state 2']);
    expect(edits().length).toBeLessThanOrEqual(2);
  });

  it('whose edit is not needed leaves what another job has shown meanwhile', async () => {
    await openLiveCard();
    await post();
    await change('state 1');
    let first = true;
    const overtaken: JobServices['renderLiveCard'] = async (card) => {
      const rendered = await jobs.renderLiveCard(card);
      if (first) {
        first = false;
        await change('state 2');
        await refreshToTheEnd();
      }
      return rendered;
    };
    expect(await refreshCards({ ...jobs, renderLiveCard: overtaken }, decodeDestination(channel))).toBeNull();
    expect(shown()).toEqual(['state 2']);
    // Recorded as shown, so an action that goes back to the first picture is drawn.
    await change('state 1');
    await refreshToTheEnd();
    expect(shown()).toEqual(['state 1']);
  });

  it('found by a look-up after a crash is drawn again', async () => {
    await openLiveCard();
    world.platform.failPosts(channel, { result: 'unknown', detail: 'no answer', arrived: true });
    await post();
    await change('state 2');
    world.wall.now += jobs.settings.claimLeaseMs;
    await post();
    await refreshToTheEnd();
    expect(shown()).toEqual(['state 2']);
    expect(callsOf(world, 'post')).toHaveLength(1);
  });

  it('whose subject is gone stays as it is', async () => {
    await openLiveCard();
    await post();
    await change(null);
    expect(await refresh()).toBeNull();
    expect(shown()).toEqual(['state 1']);
  });
});

describe('many changes', () => {
  it('cost few edits, at most one a second, and the last state is shown', async () => {
    await openLiveCard();
    await post();
    for (let count = 1; count <= 100; count += 1) {
      await change(`change ${count}`);
      if (count % 10 !== 0) continue;
      world.wall.now += 100;
      await refreshCards({ ...jobs, sleep: world.jobs.sleep }, decodeDestination(channel));
    }
    await refreshToTheEnd();
    expect(shown()).toEqual(['change 100']);
    expect(edits().length).toBeLessThanOrEqual(10);
    const gaps = edits().map(({ after }, index, all) => after - (all[index - 1]?.after ?? -1_000));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
  });

  it('between two refreshes cost one edit', async () => {
    await openLiveCard();
    await post();
    for (let count = 1; count <= 100; count += 1) await change(`change ${count}`);
    await refreshToTheEnd();
    expect(edits()).toEqual([{ after: 0, text: 'change 100' }]);
  });

  it('of two cards in one channel share its pace', async () => {
    await openLiveCard('poll');
    await openLiveCard('other');
    await post();
    await change('state 2');
    await change('other 2', 'other');
    await refreshToTheEnd();
    expect(edits().map(({ after }) => after)).toEqual([0, 1_000]);
    expect(shown().sort()).toEqual(['other 2', 'state 2']);
  });
});

describe('an edit that fails', () => {
  beforeEach(async () => {
    await openLiveCard();
    await post();
    await change('state 2');
  });

  it.each(['not-sent', 'unknown'] as const)(
    '(%s) is made again, with the state of that moment',
    async (result) => {
      world.platform.failUpdates(channel, { result, detail: 'no answer' }, { result, detail: 'no answer' });
      await refresh();
      await change('state 3');
      await refreshToTheEnd();
      expect(shown()).toEqual(['state 3']);
      const rows = await world.query('select attempts, error, not_before from cards');
      expect(rows).toEqual([{ attempts: 0, error: null, not_before: null }]);
    },
  );

  it('by a rate limit waits as long as the platform says', async () => {
    world.platform.failUpdates(channel, { result: 'rate-limited', retryAfterMs: 30_000 });
    expect(await refresh()).toBe(30_000);
    await refreshToTheEnd();
    expect(edits().map(({ after }) => after)).toEqual([0, 30_000]);
    expect(shown()).toEqual(['state 2']);
  });

  it('by a rate limit keeps every card of the destination waiting', async () => {
    await openLiveCard('other');
    await post();
    await change('other 2', 'other');
    world.platform.failUpdates(channel, { result: 'rate-limited', retryAfterMs: 30_000 });
    await refreshToTheEnd();
    expect(edits()[1]?.after).toBeGreaterThanOrEqual(30_000);
    expect(shown().sort()).toEqual(['other 2', 'state 2']);
  });

  it('for good is not made again until something else is to be shown', async () => {
    const refused = { result: 'refused' as const, code: 'invalid_blocks', detail: 'its layout' };
    world.platform.failUpdates(channel, refused);
    expect(await refresh()).toBeNull();
    expect(await refresh()).toBeNull();
    expect(edits()).toHaveLength(1);
  });

  it('for good is made with the next change, should the cause be gone, even if that shows the same', async () => {
    world.platform.failUpdates(channel, { result: 'refused', code: 'invalid_blocks', detail: 'not now' });
    await refresh();
    expect(shown()).toEqual(['state 1']);
    await change('state 2');
    await refreshToTheEnd();
    expect(shown()).toEqual(['state 2']);
  });
});
