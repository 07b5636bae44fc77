import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/control-api.ts';
import { eventually } from '../support/eventually.ts';
import { clickAsItWas } from './recorded-payloads.ts';
import {
  audit,
  click,
  dana,
  emil,
  everythingShown,
  expectIntactAudit,
  goLive,
  ines,
  letHoursPass,
  newEvents,
  openPoll,
  planRelease,
  posts,
  privateWords,
  priya,
  quinn,
  rita,
  seePost,
  seePrivately,
  submit,
  type,
  wordsOf,
} from './scene.ts';
import { modes, startTestApp, type TestApp } from './start-test-app.ts';

describe.each(modes)('buttons over %s', (mode) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(mode);
  });
  afterAll(() => app.stop());

  const place = ({ channel, ts }: Message) => ({ channel, ts });
  const current = async ({ ts }: Message) => {
    const found = (await posts(app)).find((post) => post.ts === ts);
    if (!found) throw new Error('The message is gone.');
    return found;
  };
  const wordsAt = async (message: Message) => wordsOf(await current(message));

  /** Everything that the channel shows, and every window, to see that a refusal changes nothing. */
  const shown = async (person: string) => [await posts(app), await app.control.views(person)];

  describe('of someone who may not', () => {
    let poll: Message;
    let rollout: Message;
    beforeAll(async () => {
      rollout = await goLive(app, await planRelease(app, { key: 'live-1.0' }));
      await click(app, dana, 'promote', place(rollout));
      await seePost(app, /^live-1.0: started with 1 %/);
      await eventually(async () => expect(await wordsAt(rollout)).toContain('[Roll back…]'));
      poll = await openPoll(app, await planRelease(app, { key: 'poll-1.0' }));
      await everythingShown(app);
    });

    it.each([
      ['vote-go', ines, "You don't vote on poll-1.0."],
      ['vote-no-go', ines, "You don't vote on poll-1.0."],
      ['close-poll', emil, "You can't close the go/no-go of poll-1.0."],
      ['promote', ines, "You can't promote live-1.0."],
      ['promote', quinn, "You can't promote live-1.0."],
      ['roll-back', priya, "You can't roll back live-1.0."],
    ])('%s of %s is refused in private, audited, and does nothing', async (action, person, told) => {
      const before = { audit: await audit(app), shown: await shown(person) };
      const card = action === 'promote' || action === 'roll-back' ? rollout : poll;
      const { status, view } = await click(app, person, action, place(card));
      expect(status).toBe('acknowledged');
      expect(view).toBeUndefined();
      await seePrivately(app, person, told);
      await seePrivately(app, person, /Who can: .+ \(.+\)\.$/);
      expect(await shown(person)).toEqual(before.shown);
      const events = await newEvents(app, before.audit);
      expect(events.map(({ action: what, actor, details }) => [what, actor, details?.code])).toEqual([
        ['request.refused', `slack:${person}`, 'not-permitted'],
      ]);
    });
  });

  /** The releases of this file share one target, which one release has at a time. */
  async function makeWay(key: string): Promise<void> {
    await type(app, emil, `/rollback ${key}`);
    await submit(app, emil, { reason: 'The next release needs the target.' });
    await seePost(app, new RegExp(`^${key}: rolled back$`));
    // All releases of this file are of one product, which a rollback locks.
    const unlocked = await type(app, emil, `/release unlock ${key}`);
    expect(wordsOf(unlocked.message)).toContain('is unlocked');
  }

  it('counts one vote when a click arrives twice, and when it is made twice', async () => {
    const key = await planRelease(app, { key: 'double-1.0' });
    const card = await openPoll(app, key);
    const twice = await click(app, dana, 'vote-go', place(card), { times: 2 });
    expect(twice.deliveries?.map(({ status }) => status)).toEqual(['acknowledged', 'acknowledged']);
    const cast = async () => (await audit(app, key)).filter(({ action }) => action === 'vote.cast');
    expect(await cast()).toHaveLength(1);
    await Promise.all([click(app, emil, 'vote-go', place(card)), click(app, emil, 'vote-go', place(card))]);
    await seePost(app, /^double-1.0: go\/no-go, 2 of 6 voted/);
    expect(await privateWords(app, dana)).not.toContainEqual(expect.stringContaining('double-1.0'));
  });

  it('lets a vote be changed from the direct message until the poll closes', async () => {
    const key = await planRelease(app, { key: 'change-1.0' });
    await openPoll(app, key);
    const direct = await app.control.direct(quinn);
    const ballot = await seePost(app, /^Your vote is needed: change-1.0/, direct);
    await click(app, quinn, 'vote-go', place(ballot));
    await seePost(app, /^Your vote on change-1.0: go/, direct);
    await click(app, quinn, 'vote-no-go', place(ballot));
    await submit(app, quinn, { reason: 'The smoke test is red.' });
    await seePost(app, /^⛔ Your vote: no-go · [\s\S]*The smoke test is red\./, direct);
    await seePost(app, /⛔ Quinn Abara \(QA Lead\): The smoke test is red\./);
  });

  it('says that a poll is closed, to whoever scrolled up to its card', async () => {
    const key = await planRelease(app, { key: 'closed-1.0' });
    const card = await openPoll(app, key);
    const direct = await app.control.direct(quinn);
    const ballot = await seePost(app, /^Your vote is needed: closed-1.0/, direct);
    await click(app, rita, 'close-poll', place(card));
    await seePost(app, /^closed-1.0: closed early, 6 votes missing$/);
    const closed = 'Voting on closed-1.0 is closed';
    await clickAsItWas(app, card, quinn, 'vote-go');
    await seePrivately(app, quinn, `${closed}, so your vote was not counted.`);
    await clickAsItWas(app, card, quinn, 'vote-no-go');
    await seePrivately(app, quinn, closed);
    expect(await app.control.views(quinn)).toEqual([]);
    await clickAsItWas(app, ballot, quinn, 'vote-go');
    await seePrivately(app, quinn, closed, direct);
    await clickAsItWas(app, card, rita, 'close-poll');
    await seePrivately(app, rita, 'This go/no-go of closed-1.0 is already closed.');
    expect((await audit(app, key)).filter(({ action }) => action === 'vote.cast')).toEqual([]);
  });

  it('promotes to nothing else than an old card says', async () => {
    await makeWay('live-1.0');
    const key = await planRelease(app, { key: 'stale-1.0' });
    const card = await goLive(app, key);
    await Promise.all([1, 2].map(() => clickAsItWas(app, card, dana, 'promote')));
    await seePost(app, /^stale-1.0: started with 1 %/);
    await clickAsItWas(app, card, dana, 'promote');
    await seePrivately(app, dana, /stale-1.0 can't be promoted now[\s\S]*The next phase is 50 %, not 1 %/);
    const requests = (await audit(app, key)).filter(({ action }) => action === 'operation.promote.requested');
    expect(requests).toHaveLength(1);
  });

  it('says that a release is rolled back, to whoever scrolled up to its card', async () => {
    await makeWay('stale-1.0');
    const key = await planRelease(app, { key: 'back-1.0' });
    const card = await goLive(app, key);
    await click(app, dana, 'promote', place(card));
    await seePost(app, /^back-1.0: started with 1 %/);
    await eventually(async () => expect(await wordsAt(card)).toMatch(/Promote to 50 %.*Roll back…/));
    const old = await current(card);
    await click(app, emil, 'roll-back', place(card));
    await submit(app, emil, { reason: 'Checkout fails.' });
    await seePost(app, /^back-1.0: rolled back$/);
    await clickAsItWas(app, old, emil, 'roll-back');
    await seePrivately(app, emil, 'back-1.0 has already been rolled back.');
    await clickAsItWas(app, old, dana, 'promote');
    await seePrivately(app, dana, 'a new version needs a new release');
    await eventually(async () => expect(await wordsAt(card)).not.toContain('['));
  });

  it('asks for a newer card where a button is not known any more', async () => {
    const { message } = await type(app, rita, '/release status live-1.0');
    if (!message) throw new Error('no answer');
    const text = { type: 'plain_text', text: 'Retired' };
    const button = { type: 'button', action_id: 'retired', text, value: '{}' };
    const row = { type: 'actions', block_id: 'retired', elements: [button] };
    const blocks = [...(message.blocks ?? []), row];
    await clickAsItWas(app, { ...message, blocks }, rita, 'retired');
    await seePrivately(app, rita, 'This button is from an older message');
    await letHoursPass(app, 1);
    await expectIntactAudit(app);
  });
});
