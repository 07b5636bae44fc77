import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import {
  click,
  closeView,
  dana,
  goLive,
  openPoll,
  openView,
  planRelease,
  quinn,
  rita,
  seePost,
  submit,
  type,
  wordsOfView,
} from './scene.ts';
import { modes, startTestApp, type TestApp } from './start-test-app.ts';

describe.each(modes)('a window that has become untrue over %s', (mode) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(mode);
  });
  afterAll(() => app.stop());

  /** The words of the window that is open before somebody, once it has this title. */
  const seeWindow = (person: string, title: string) =>
    eventually(async () => {
      const open = await openView(app, person);
      if (open.title !== title) throw new Error(`the window is still "${open.title}"`);
      return { words: wordsOfView(open.view), view: open.view };
    });

  it('closes a no-go before the voter when the poll is closed, without a submit', async () => {
    const key = await planRelease(app, { key: 'closed-1.0' });
    const poll = await openPoll(app, key);
    await click(app, quinn, 'vote-no-go', { channel: poll.channel, ts: poll.ts });
    expect((await openView(app, quinn)).title).toBe('No-go');
    await click(app, rita, 'close-poll', { channel: poll.channel, ts: poll.ts });
    const { words, view } = await seeWindow(quinn, 'Out of date');
    expect(words).toMatch(/^Already decided\. Rita Moreno closed the go\/no-go for closed-1\.0 \(/);
    expect(words).toContain('Nothing entered in it was saved.');
    expect(view.submit).toBeNull();
    await closeView(app, quinn, (await openView(app, quinn)).id);
  });

  it('closes a rollback before one person when another has begun it, whose own shows the answer', async () => {
    const key = await planRelease(app, { key: 'back-1.0' });
    await goLive(app, key);
    await type(app, dana, `/promote ${key} --yes`);
    await seePost(app, /^back-1\.0: started with 1 %/);
    for (const person of [dana, rita]) await type(app, person, `/rollback ${key}`);
    await submit(app, dana, { reason: 'Errors.' });
    const { words } = await seeWindow(rita, 'Out of date');
    expect(words).toMatch(/^Dana Fischer (is already rolling|rolled) back back-1\.0 \(/);
    await seePost(app, /^back-1\.0: rolled back/);
    const ended = await seeWindow(dana, 'Rolled back');
    expect(ended.words).toContain('All traffic is on the previous version again');
    expect(ended.view.submit).toBeNull();
  });
});
