import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeDestination } from '../../../src/core/address/destination.ts';
import type { Card } from '../../../src/core/card/card.ts';
import { lineText } from '../../../src/core/card/line.ts';
import { isRolloutShown } from '../../../src/db/queries/is-rollout-shown.ts';
import { refreshCards } from '../../../src/jobs/cards/refresh-cards.ts';
import type { JobServices } from '../../../src/jobs/job-services.ts';
import { sweep } from '../../../src/jobs/sweep.ts';
import { planRelease } from '../../services/steps.ts';
import type { Mishap } from '../../support/memory-platform.ts';
import { openWorld, type World } from '../../support/test-services.ts';
import { callsOf, channel, drain, drainToTheEnd, putLiveCard } from '../outbox.ts';

const manager = 'slack:person:U0RITA';
const notEditable = { result: 'not-editable', code: 'edit_window_closed', detail: 'No edits here.' } as const;
const closed = { result: 'closed', code: 'is_archived', detail: 'Archived. Unarchive it.' } as const;

let world: World;
let jobs: JobServices;
let releaseId: string;
/** What the card says in one line, and a figure that changes all the time. */
let state: { summary: string; figure: string };
beforeEach(async () => {
  world = await openWorld();
  releaseId = await planRelease(world);
  state = { summary: 'at 1 %', figure: '0.1' };
  const renderLiveCard = async (): Promise<Card> => ({
    summary: state.summary,
    blocks: [{ type: 'header', text: state.figure }],
  });
  jobs = { ...world.jobs, renderLiveCard };
  await post();
  world.platform.messages.length = 0;
  world.platform.calls.length = 0;
  await openLiveCard();
  await post();
});
afterEach(() => world.close());

const openLiveCard = (subject = 'rollout') => putLiveCard(world, { subject, kind: 'rollout', releaseId });
async function change(next: Partial<typeof state>): Promise<void> {
  state = { ...state, ...next };
  await world.query('update cards set revision = revision + 1');
}
const post = () => drainToTheEnd(world, { jobs, destination: channel });
const refresh = () => refreshCards(jobs, decodeDestination(channel));
const always = (mishap: Mishap) => world.platform.failUpdates(channel, ...Array(50).fill(mishap));
const minutesPass = (minutes: number) => {
  world.wall.now += minutes * 60_000;
};
const shown = () => world.platform.shown(channel);
const notices = async () => {
  await drainToTheEnd(world, { jobs, destination: manager });
  return callsOf(world, 'post', manager).map(({ text }) => text);
};

describe('a live card whose message was deleted', () => {
  beforeEach(async () => {
    world.platform.messages.length = 0;
    await change({ summary: 'at 50 %' });
    await refresh();
    await post();
  });

  it('is posted anew with the next change, as it is then', async () => {
    expect(shown()).toEqual(['at 50 %']);
    expect(await refresh()).toBeNull();
    expect(
      await world.query(`select from audit_events where body::json->>'action' = 'card.replaced'`),
    ).toHaveLength(1);
  });

  it('is edited in its new message from then on', async () => {
    await change({ summary: 'at 100 %' });
    await refresh();
    expect(shown()).toEqual(['at 100 %']);
    expect(callsOf(world, 'post')).toHaveLength(2);
  });
});

describe('a live card that can not be edited', () => {
  beforeEach(() => {
    minutesPass(5);
    always(notEditable);
  });

  function expectLink(): void {
    expect(shown()).toEqual(['at 1 %', 'at 50 %', 'This card is out of date']);
    const [old, present, pointer] = world.platform.messages;
    expect(pointer?.replyTo).toBe(old?.messageId);
    expect(JSON.stringify(pointer?.card.blocks)).toContain(`https://chat.example/${present?.messageId}`);
  }

  it('is posted anew, and its old message points to the new one', async () => {
    await change({ summary: 'at 50 %' });
    await refresh();
    await post();
    expectLink();
  });

  it('points to the new one though its place was closed to that for a while', async () => {
    await change({ summary: 'at 50 %' });
    await refresh();
    world.platform.failPosts(channel, ...Array(50).fill(closed));
    await drain(jobs);
    expect(shown()).toEqual(['at 1 %']);
    world.platform.failPosts(channel);
    minutesPass(60);
    await post();
    expectLink();
  });

  it('is not posted anew for a figure alone', async () => {
    await change({ figure: '0.2' });
    await refresh();
    await post();
    expect(shown()).toEqual(['at 1 %']);
  });

  it('shares a new message among changes that follow each other', async () => {
    for (const summary of ['at 2 %', 'at 3 %', 'at 4 %']) {
      await change({ summary });
      await refresh();
      await post();
    }
    expect(shown()).toEqual(['at 1 %', 'at 2 %', 'This card is out of date']);
    minutesPass(2);
    await refresh();
    await post();
    expect(shown()).toContain('at 4 %');
    expect(shown()).not.toContain('at 3 %');
  });

  it('is posted anew once when two jobs find that out', async () => {
    await change({ summary: 'at 50 %' });
    await Promise.all([refresh(), refresh()]);
    await post();
    expect(shown()).toEqual(['at 1 %', 'at 50 %', 'This card is out of date']);
  });

  it('keeps what was posted when the job that edited the old message is late to record it', async () => {
    await change({ summary: 'at 50 %' });
    const slow: JobServices = {
      ...jobs,
      channels: new Map([
        [
          'slack',
          {
            ...world.platform,
            update: async (message) => {
              await refresh();
              await post();
              return { result: 'sent', messageId: message.messageId, channelId: message.channelId };
            },
          },
        ],
      ]),
    };
    await refreshCards(slow, decodeDestination(channel));
    const [row] = await world.query<{ message_id: string }>('select message_id from cards');
    expect(row?.message_id).toBe(
      world.platform.messages.find(({ card }) => card.summary === 'at 50 %')?.messageId,
    );
  });
});

describe('a live card that has something to show that is refused', () => {
  const refused = { result: 'refused', code: 'msg_too_long', detail: 'It is too long.' } as const;

  it('is tried again with each picture, and the release manager knows, once', async () => {
    always(refused);
    for (const summary of ['at 2 %', 'at 50 %']) {
      await change({ summary });
      await refresh();
      await refresh();
    }
    expect(callsOf(world, 'update').map(({ text }) => text)).toEqual(['at 2 %', 'at 50 %']);
    expect(await notices()).toEqual(['web-2.4.0: the card in #release-deployment is out of date']);
    const [notice] = world.platform.messages.filter(({ destination }) => destination === manager);
    expect(JSON.stringify(notice?.card)).toContain(refused.detail);
    expect(await isRolloutShown(world.services.db, 'web-2.4.0')).toBe(false);
  });

  it('shows the present state as soon as it is taken, and notifies anew after that', async () => {
    always(refused);
    await change({ summary: 'at 50 %' });
    await refresh();
    world.platform.failUpdates(channel);
    await change({});
    await refresh();
    expect(shown()).toEqual(['at 50 %']);
    expect(await isRolloutShown(world.services.db, 'web-2.4.0')).toBe(true);
    minutesPass(1);
    always(refused);
    await change({ summary: 'at 100 %' });
    await refresh();
    expect(await notices()).toHaveLength(2);
  });

  it('is right again when the state is back to what it shows, and notifies anew after that', async () => {
    always(refused);
    await change({ summary: 'at 50 %' });
    await refresh();
    expect(await isRolloutShown(world.services.db, 'web-2.4.0')).toBe(false);
    await change({ summary: 'at 1 %' });
    await refresh();
    expect(await isRolloutShown(world.services.db, 'web-2.4.0')).toBe(true);
    minutesPass(1);
    await change({ summary: 'at 100 %' });
    await refresh();
    expect(await notices()).toHaveLength(2);
  });
});

describe('a live card in a place that is closed to tminus', () => {
  beforeEach(() => always(closed));

  it('is waited for, and the release manager knows what to mend, once', async () => {
    await openLiveCard('another');
    await post();
    await change({ summary: 'at 50 %' });
    for (let minutes = 0; minutes < 5; minutes++) {
      await refresh();
      minutesPass(2);
    }
    expect(await notices()).toEqual(["web-2.4.0: the card in #release-deployment can't be updated"]);
    const [notice] = world.platform.messages.filter(({ destination }) => destination === manager);
    expect(JSON.stringify(notice?.card)).toContain(closed.detail);
  });

  it('notifies once, though messages wait there, too', async () => {
    await change({ summary: 'at 50 %' });
    await refresh();
    world.platform.failPosts(channel, closed);
    await openLiveCard('another');
    await drain(jobs);
    expect(await notices()).toHaveLength(1);
  });

  it('shows the present state once the place is mended', async () => {
    await change({ summary: 'at 50 %' });
    await refresh();
    world.platform.failUpdates(channel);
    minutesPass(2);
    expect(await sweep(jobs)).toContainEqual(expect.objectContaining({ job: 'card', id: channel }));
    await refresh();
    expect(shown()).toEqual(['at 50 %']);
    expect(await world.query('select closed_since from cards')).toEqual([{ closed_since: null }]);
  });

  it('notifies again when the place is closed again', async () => {
    await change({ summary: 'at 50 %' });
    await refresh();
    world.platform.failUpdates(channel);
    minutesPass(2);
    await refresh();
    always(closed);
    await change({ summary: 'at 100 %' });
    minutesPass(2);
    await refresh();
    expect(await notices()).toHaveLength(2);
  });
});

describe('what is posted to a place that is closed to tminus', () => {
  beforeEach(async () => {
    world.platform.failPosts(channel, ...Array(5_000).fill(closed));
    await openLiveCard('another');
  });

  it('notifies the release manager at once, and once', async () => {
    await openLiveCard('a third');
    for (let minutes = 0; minutes < 3; minutes++) {
      await drain(jobs);
      minutesPass(2);
    }
    expect(await notices()).toEqual(['web-2.4.0: a message to #release-deployment is held up']);
  });

  it('waits for days, since a card is never too late, and is posted when the place is mended', async () => {
    for (let hours = 0; hours < 30; hours++) {
      await drain(jobs);
      minutesPass(60);
    }
    await world.query(`update deliveries set attempts = 1000 where state = 'pending'`);
    await drain(jobs);
    world.platform.failPosts(channel);
    await change({ summary: 'at 50 %' });
    await post();
    expect(shown()).toEqual(['at 1 %', 'at 50 %']);
    expect(lineText(world.platform.messages.at(-1)?.card.summary ?? '')).toBe('at 50 %');
  });
});
