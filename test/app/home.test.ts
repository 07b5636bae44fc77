import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { recorded } from './recorded-payloads.ts';
import {
  click,
  dana,
  emil,
  goLive,
  hours,
  ines,
  letHoursPass,
  openPoll,
  planRelease,
  quinn,
  rita,
  seePost,
  submit,
  type,
  wordsOfView,
} from './scene.ts';
import { modes, startTestApp, type TestApp } from './start-test-app.ts';

/** The three parts of a home, by their headings. */
function partsOf(words: string): { waiting: string; coming: string; mine: string } {
  const [, waiting = '', mine = '', coming = ''] =
    /Needs you\n([\s\S]*)\nReleases\n([\s\S]*)\nThis week\n([\s\S]*)/.exec(words) ?? [];
  return { waiting, coming, mine };
}

describe.each(modes)('the home over %s', (mode) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(mode);
  });
  afterAll(() => app.stop());

  const home = async (person: string) => partsOf(wordsOfView(await app.control.home(person)));
  const seeHome = (person: string, check: (parts: Awaited<ReturnType<typeof home>>) => void) =>
    eventually(async () => check(await home(person)));

  it('says what to do where there is nothing', async () => {
    expect((await app.control.openHome(ines)).status).toBe('acknowledged');
    await seeHome(ines, ({ waiting, coming, mine }) => {
      expect(waiting).toBe('Nothing right now. Whatever needs you shows up here.');
      expect(coming).toBe('Nothing is planned in your releases.\nWhat you can type: /release help');
      expect(mine).toBe('There are no releases yet.');
    });
  });

  it('shows each person what is theirs, and keeps it true without being opened again', async () => {
    for (const person of [dana, emil, quinn, rita, ines]) await app.control.openHome(person);
    const key = await planRelease(app, { key: 'web-2.4.0' });
    await seeHome(dana, ({ waiting, coming, mine }) => {
      expect(waiting).toContain('Nothing right now.');
      expect(coming).toMatch(/Mon 1 Mar 2027, 14:00 .+: Deployment kickoff for web-2.4.0, in #/);
      expect(mine).toContain('Web shop 2.4.0 (web-2.4.0) · not approved yet · go-live ');
    });
    await openPoll(app, key);
    for (const person of [dana, emil, quinn, rita]) {
      await seeHome(person, ({ waiting }) =>
        expect(waiting).toMatch(/🗳️ Go or no-go\? Web shop 2.4.0 \(web-2.4.0\)\n/u),
      );
    }
    // What is nobody's own is looked up when the page is opened.
    await app.control.openHome(ines);
    await seeHome(ines, ({ waiting, coming, mine }) => {
      expect(waiting).toContain('Nothing right now.');
      expect(coming).toContain('Nothing is planned');
      expect(mine).toContain('Web shop 2.4.0 (web-2.4.0) · ');
      expect(mine).toContain("You don't have a role in any release.");
    });
  });

  it('takes votes, with a reason for a no-go', async () => {
    expect((await click(app, dana, 'vote-go', { home: true }, { times: 2 })).status).toBe('acknowledged');
    await seeHome(dana, ({ waiting }) => expect(waiting).toContain('Nothing right now.'));
    await seeHome(emil, ({ waiting }) => expect(waiting).toMatch(/\[Go\] \[No-go…\]/));
    const { view } = await click(app, quinn, 'vote-no-go', { home: true });
    expect(view?.title ?? (await app.control.views(quinn))[0]?.title).toBe('No-go');
    await submit(app, quinn, { reason: 'Not tested.' });
    await seeHome(quinn, ({ waiting }) => expect(waiting).toContain('Nothing right now.'));
    await seePost(app, /^web-2.4.0: go\/no-go, 2 of 6 voted/);
    await seePost(app, /⛔ Quinn Abara \(QA Lead\): Not tested\./);
  });

  it('shows each poll with buttons of its own', async () => {
    const key = await planRelease(app, { key: 'api-7.0' });
    await openPoll(app, key);
    await seeHome(emil, ({ waiting }) =>
      expect(waiting).toMatch(/\(web-2.4.0\)\n[\s\S]*\(api-7.0\)\n|\(api-7.0\)\n[\s\S]*\(web-2.4.0\)\n/),
    );
    const view = (await app.control.home(emil)) as { blocks: HomeBlock[] };
    const rows = view.blocks.filter(({ type }) => type === 'actions');
    expect(new Set(rows.map(({ block_id }) => block_id)).size).toBe(rows.length);
    for (const { block_id } of rows) await click(app, emil, 'vote-go', { home: true }, { blockId: block_id });
    await seeHome(emil, ({ waiting }) => expect(waiting).toContain('Nothing right now.'));
  });

  it('tells in a direct message why a button of an old home does nothing', async () => {
    const { blocks } = (await app.control.home(rita)) as { blocks: HomeBlock[] };
    const [button] = blocks.flatMap(({ type, elements }) => (type === 'actions' ? (elements ?? []) : []));
    await letHoursPass(app, hours.pollCloses);
    await seePost(app, /^api-7.0: timed out, 5 votes missing$/);
    await seeHome(rita, ({ waiting }) => expect(waiting).toContain('(api-7.0): no-go'));
    const user = { id: rita, username: 'rita', name: 'rita' };
    const old = recorded('block-actions-home', { user, actions: [button] });
    expect((await app.wire.send('interactive', old)).status).toBe(200);
    await seePost(
      app,
      /^Voting on .* is closed, so your vote was not counted\./,
      await app.control.direct(rita),
    );
  });

  it('follows the rollout', async () => {
    await goLive(app, await planRelease(app, { key: 'live-1.0' }));
    await type(app, dana, '/promote live-1.0 --yes');
    await seePost(app, /^live-1.0: started with 1 %/);
    await seeHome(emil, ({ mine }) => expect(mine).toMatch(/\(live-1.0\) ▓░+ · 1 % · /u));
  });
});

interface HomeBlock {
  type: string;
  block_id: string;
  elements?: unknown[];
}
