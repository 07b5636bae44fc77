import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { recorded } from './recorded-payloads.ts';
import { dana, everythingShown, ines, planRelease, posts, releaseChannel, wordsOf } from './scene.ts';
import { modes, startTestApp, type TestApp } from './start-test-app.ts';

describe.each(modes)('what is written to the bot over %s', (mode) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(mode);
    await planRelease(app, { key: 'web-2.4.0' });
  });
  afterAll(() => app.stop());

  const write = async (person: string, channel: string, text: string) => {
    const response = await fetch(`${app.workspace.url}/sandbox/actions/message`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ person, channel, text }),
    });
    expect(response.status).toBe(200);
  };
  const replies = async (person: string) =>
    (await app.control.messages(await app.control.direct(person))).filter(
      ({ metadata }) => metadata !== undefined,
    );
  const seeReply = (person: string, count: number) =>
    eventually(async () => {
      const all = await replies(person);
      expect(all).toHaveLength(count);
      return wordsOf(all.at(-1));
    }, 15_000);

  it('in a direct message is answered there, once', async () => {
    const direct = await app.control.direct(ines);
    await write(ines, direct, 'status');
    expect(await seeReply(ines, 1)).toContain('Web shop 2.4.0 · not approved yet');
    await write(ines, direct, 'statsu');
    expect(await seeReply(ines, 2)).toContain('Did you mean "status"?');
  });

  it('with a mention is answered below the message', async () => {
    await write(dana, releaseChannel, '@tminus how is web-2.4.0 doing?');
    await eventually(async () => {
      const asked = (await posts(app)).find(({ text }) => text.includes('how is web-2.4.0 doing?'));
      const below = asked ? await app.control.messages(releaseChannel, { threadTs: asked.ts }) : [];
      expect(below.map(wordsOf).slice(1)).toEqual([
        expect.stringContaining('Web shop 2.4.0 · not approved yet'),
      ]);
    }, 15_000);
  });

  it('without a mention is left alone', async () => {
    const before = (await posts(app)).length;
    await write(dana, releaseChannel, 'Is web-2.4.0 on time?');
    await write(ines, await app.control.direct(ines), 'help');
    expect(await seeReply(ines, 3)).toContain('What tminus can do');
    await everythingShown(app);
    expect((await posts(app)).length).toBe(before + 1);
  });

  it('and arrives three times is answered once', async () => {
    const payload = recorded('message-im', { event: { text: 'web-2.4.0' } });
    for (const _ of [1, 2, 3]) await app.wire.send('events_api', payload);
    expect(await seeReply(ines, 4)).toContain('Web shop 2.4.0 · not approved yet');
    await everythingShown(app);
    expect(await replies(ines)).toHaveLength(4);
  });

  it.each([
    ['is an edit', { subtype: 'message_changed', hidden: true }],
    ['is of another bot', { bot_id: 'B0OTHER' }],
    ['is its own', { user: 'U0TMINUS' }],
  ])('and %s is not answered', async (_, event) => {
    const before = (await replies(ines)).length;
    await app.wire.send('events_api', recorded('message-im', { event }));
    await write(ines, await app.control.direct(ines), 'list');
    expect(await seeReply(ines, before + 1)).toContain('web-2.4.0');
    await everythingShown(app);
    expect(await replies(ines)).toHaveLength(before + 1);
  });
});
