import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/control-api.ts';
import { recorded } from './recorded-payloads.ts';
import {
  audit,
  click,
  closeView,
  dana,
  expectIntactAudit,
  goLive,
  ines,
  newEvents,
  openPoll,
  openView,
  planRelease,
  quinn,
  sam,
  seePost,
  submit,
  type,
  wordsOf,
  wordsOfView,
} from './scene.ts';
import { modes, startTestApp, type TestApp } from './start-test-app.ts';

describe.each(modes)('submitted windows over %s', (mode) => {
  let app: TestApp;
  let poll: Message;
  let key: string;
  beforeAll(async () => {
    app = await startTestApp(mode);
    key = await planRelease(app);
    poll = await openPoll(app, key);
  });
  afterAll(() => app.stop());

  const askNoGo = async (person: string) => {
    await click(app, person, 'vote-no-go', { channel: poll.channel, ts: poll.ts });
    return openView(app, person);
  };
  const votes = async () => (await audit(app, key)).filter(({ action }) => action === 'vote.cast');

  /** The window of `person`, as it would be submitted by anybody. */
  const submitted = async (person: string, by: string, reason: string | null) => {
    const { view } = await askNoGo(person);
    const name = by.slice(2).toLowerCase();
    return recorded('view-submission', {
      user: { id: by, username: name, name },
      view: { ...view, state: { values: { reason: { text: { type: 'plain_text_input', value: reason } } } } },
    });
  };

  it('asks for a reason that is empty, beside the field', async () => {
    await askNoGo(dana);
    expect((await submit(app, dana, { reason: '' })).errors).toEqual({ reason: 'This field is required.' });
    const { errors } = await submit(app, dana, { reason: ' \n\t ' });
    expect(errors).toEqual({ reason: 'A no-go needs a reason: say what has to change.' });
    expect(await votes()).toEqual([]);
  });

  it('refuses an empty and an endless reason even where Slack let it pass', async () => {
    const answers = [];
    for (const reason of [null, 'x'.repeat(3_001)]) {
      answers.push(await app.wire.send('interactive', await submitted(dana, dana, reason)));
    }
    expect(answers.map(({ body }) => body)).toEqual([
      { response_action: 'errors', errors: { reason: 'A no-go needs a reason: say what has to change.' } },
      { response_action: 'errors', errors: { reason: 'A reason can have at most 3,000 characters.' } },
    ]);
    expect(await votes()).toEqual([]);
  });

  it('takes a reason of 3,000 characters, and shows it whole', async () => {
    const reason = `${'All of it, word by word. '.repeat(119)}The end.`.padEnd(3_000, '!');
    await askNoGo(quinn);
    expect(await submit(app, quinn, { reason })).toMatchObject({ status: 'acknowledged' });
    const card = await seePost(app, /⛔ Quinn Abara \(QA Lead\): All of it, word by word\./);
    expect(card.ts).toBe(poll.ts);
    expect((await votes()).at(-1)?.details?.reason).toBe(reason);
  });

  it('counts one vote when a window arrives twice', async () => {
    const before = (await votes()).length;
    await askNoGo(sam);
    const { deliveries } = await submit(app, sam, { reason: 'A token is in the log.' }, 2);
    expect(deliveries?.map(({ status }) => status)).toEqual(['acknowledged', 'acknowledged']);
    expect(await votes()).toHaveLength(before + 1);
    expect(await app.control.views(sam)).toEqual([]);
  });

  it('judges by who submits a window, not by who opened it', async () => {
    const before = await audit(app);
    const { body } = await app.wire.send('interactive', await submitted(dana, ines, 'I am not asked.'));
    expect(body).toMatchObject({ response_action: 'update', view: { title: { text: 'Not done' } } });
    expect(JSON.stringify(body)).toContain(`You don't vote on ${key}.`);
    const events = await newEvents(app, before);
    expect(events.map(({ action, actor }) => [action, actor])).toEqual([
      ['request.refused', `slack:${ines}`],
    ]);
  });

  it.each([
    ['no-go', { pollId: 'not-an-id' }, 'There is no such poll.'],
    ['no-go', null, 'There is no such poll.'],
    ['roll-back', { releaseKey: 'gone-1.0' }, 'There is no release \\"gone-1.0\\".'],
    ['retired', {}, 'This form is from an older version of tminus.'],
  ])('refuses a window %s about %j', async (callbackId, metadata, told) => {
    const payload = recorded('view-submission', {
      view: { callback_id: callbackId, private_metadata: JSON.stringify(metadata) },
    });
    const { status, body } = await app.wire.send('interactive', payload);
    expect(status).toBe(200);
    expect(JSON.stringify(body)).toContain(told);
  });

  describe('to roll back', () => {
    beforeEach(async () => {
      for (const { id } of await app.control.views(dana)) await closeView(app, dana, id);
    });

    it('is confirmed with a reason, by someone who may, once', async () => {
      const live = await planRelease(app, { key: 'live-1.0' });
      await goLive(app, live);
      await type(app, dana, `/promote ${live} --yes`);
      await seePost(app, /^live-1.0: started with 1 %/);
      await type(app, dana, `/rollback ${live}`);
      const { view } = await openView(app, dana);
      expect(wordsOfView(view)).toContain('This sends all traffic of live-1.0 back to the previous version.');
      const state = { values: { reason: { text: { type: 'plain_text_input', value: 'Errors.' } } } };
      const user = { id: ines, username: 'ines', name: 'ines' };
      const forged = recorded('view-submission', { user, view: { ...view, state } });
      const { body } = await app.wire.send('interactive', forged);
      expect(JSON.stringify(body)).toContain("You can't roll back live-1.0.");
      expect((await submit(app, dana, { reason: '   ' })).errors?.reason).toContain(
        'A rollback needs a reason',
      );
      const { view: told } = await submit(app, dana, { reason: 'Errors.' });
      expect(told?.title).toBe('Rolling back');
      const again = recorded('view-submission', { view: { ...view, state } });
      const second = await app.wire.send('interactive', again);
      expect(JSON.stringify(second.body)).toMatch(/is already under way|has already been rolled back/);
      expect(wordsOf(await seePost(app, /^live-1.0: rolled back$/))).toContain('Errors.');
      const asked = (await audit(app, live)).filter(
        ({ action }) => action === 'operation.rollback.requested',
      );
      expect(asked.map(({ actor }) => actor)).toEqual([`slack:${dana}`]);
      await expectIntactAudit(app);
    });
  });
});
