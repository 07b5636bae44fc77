import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/control-api.ts';
import { eventually } from '../support/eventually.ts';
import { recorded } from './recorded-payloads.ts';
import {
  audit,
  dana,
  expectIntactAudit,
  goLive,
  openPoll,
  planRelease,
  posts,
  rita,
  seePost,
  submit,
  type,
  wordsOf,
  wordsOfView,
} from './scene.ts';
import type { Payload, PayloadKind } from './slack-wire.ts';
import { modes, startTestApp, type TestApp } from './start-test-app.ts';

describe.each(modes)('recorded payloads over %s', (mode) => {
  let app: TestApp;
  let poll: Message;
  let pollId: string;
  const key = 'web-2.4.0';
  beforeAll(async () => {
    app = await startTestApp(mode);
    await planRelease(app, { key });
    poll = await openPoll(app, key);
    pollId = JSON.parse(buttonValue(poll, 'vote-go')).pollId;
  });
  afterAll(() => app.stop());

  /** As Slack delivers an action whose acknowledgement it missed: twice at once, and again a second later. */
  const deliverThrice = async (kind: PayloadKind, payload: Payload) => {
    const atOnce = await Promise.all([app.wire.send(kind, payload), app.wire.send(kind, payload)]);
    app.clock.jumpTo(app.clock.now() + 1_000);
    return [...atOnce, await app.wire.send(kind, payload)].map(({ status, body }) => ({ status, body }));
  };
  const countOf = async (action: string, release = key) =>
    (await audit(app, release)).filter((event) => event.action === action).length;

  it('a slash command is answered with its acknowledgement', async () => {
    const { status, body, ms } = await app.wire.send('slash_commands', recorded('slash-command'));
    expect(status).toBe(200);
    expect(body).toMatchObject({ response_type: 'ephemeral', text: 'What tminus can do' });
    expect(ms).toBeLessThan(3_000);
  });

  it('a confirmation that arrives three times opens one poll', async () => {
    await planRelease(app, { key: 'api-7.0' });
    await type(app, rita, '/release go-no-go api-7.0');
    const { view } = await submit(app, rita, {}, 3);
    expect(view?.title).toBe('Asked');
    expect(await countOf('poll.opened', 'api-7.0')).toBe(1);
    await seePost(app, /^api-7.0: go\/no-go, 0 of 6 voted/);
  });

  it('a click on a message that arrives three times is one vote', async () => {
    const actions = [{ action_id: 'vote-go', type: 'button', value: JSON.stringify({ pollId }) }];
    const answers = await deliverThrice('interactive', recorded('block-actions-message', { actions }));
    expect(answers).toEqual(Array(3).fill({ status: 200, body: null }));
    expect(await countOf('vote.cast')).toBe(1);
    await seePost(app, /^web-2.4.0: go\/no-go, 1 of 6 voted/);
  });

  it('a click in the home that arrives three times is one vote', async () => {
    const actions = [{ action_id: 'vote-go', type: 'button', value: JSON.stringify({ pollId }) }];
    const user = { id: 'U0EMIL', username: 'emil', name: 'emil' };
    const before = await countOf('vote.cast');
    const answers = await deliverThrice('interactive', recorded('block-actions-home', { user, actions }));
    expect(answers).toEqual(Array(3).fill({ status: 200, body: null }));
    expect(await countOf('vote.cast')).toBe(before + 1);
    await seePost(app, /^web-2.4.0: go\/no-go, 2 of 6 voted/);
  });

  it('a window that arrives three times is one vote', async () => {
    const before = await countOf('vote.cast');
    const view = { private_metadata: JSON.stringify({ pollId }) };
    const answers = await deliverThrice('interactive', recorded('view-submission', { view }));
    expect(answers).toEqual(Array(3).fill({ status: 200, body: null }));
    expect(await countOf('vote.cast')).toBe(before + 1);
    await seePost(app, /⛔ Dana Fischer \(DevOps Lead\): The smoke test is red\./);
  });

  it('a refusal that arrives three times is audited once, and told the same', async () => {
    const payload = recorded('slash-command', { command: '/promote', text: key, user_id: 'U0INES' });
    const [first, ...others] = await deliverThrice('slash_commands', payload);
    expect(first?.body).toMatchObject({ text: `You can't promote ${key}.` });
    expect(others).toEqual([first, first]);
    expect(await countOf('request.refused')).toBe(1);
  });

  it('a promotion that arrives three times promotes once', async () => {
    await goLive(app, await planRelease(app, { key: 'live-1.0' }));
    const payload = recorded('slash-command', { command: '/promote', text: 'live-1.0 --yes', user_id: dana });
    const [first, ...others] = await deliverThrice('slash_commands', payload);
    expect(first?.body).toMatchObject({ text: expect.stringContaining('promotion from 0 % to 1 %') });
    expect(others).toEqual([first, first]);
    await seePost(app, /^live-1.0: started with 1 %/);
    expect(await countOf('operation.promote.requested', 'live-1.0')).toBe(1);
    expect((await posts(app)).filter(({ text }) => text === 'live-1.0: started with 1 %')).toHaveLength(1);
  });

  it('an opened home is published', async () => {
    const answers = await deliverThrice('events_api', recorded('app-home-opened'));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    await eventually(async () => {
      expect(wordsOfView(await app.control.home(dana))).toMatch(/\(live-1.0\) ▓░+ · 1 % · /u);
    });
    await expectIntactAudit(app);
    expect(wordsOf(poll)).toContain('⏳ Waiting for ');
  });
});

function buttonValue(message: Message, actionId: string): string {
  const blocks = (message.blocks ?? []) as { elements?: { action_id?: string; value?: string }[] }[];
  const button = blocks.flatMap(({ elements }) => elements ?? []).find((each) => each.action_id === actionId);
  return button?.value ?? '';
}
