import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ActionResult, Message } from '../../sandbox/control-api.ts';
import { eventually } from '../support/eventually.ts';
import {
  audit,
  click,
  dana,
  emil,
  goLive,
  ines,
  openPoll,
  planRelease,
  priya,
  quinn,
  rita,
  sam,
  seePost,
  seePrivately,
  submit,
  type,
  wordsOf,
} from './scene.ts';
import { modes, startTestApp, type TestApp } from './start-test-app.ts';

const working = 'Working on it…';
const secretUrl = 'postgres://tminus:hunter2@db';

describe.each(modes)('acknowledgement over %s', (mode) => {
  let app: TestApp;
  let poll: Message;
  beforeAll(async () => {
    app = await startTestApp(mode);
    await goLive(app, await planRelease(app, { key: 'back-1.0' }));
    await type(app, dana, '/promote back-1.0 --yes');
    await seePost(app, /^back-1.0: started with 1 %/);
    poll = await openPoll(app, await planRelease(app, { key: 'web-2.4.0' }));
  });
  afterAll(() => app.stop());

  const clickPoll = (person: string, action: string) =>
    click(app, person, action, { channel: poll.channel, ts: poll.ts });

  describe('while the rows of all releases are locked', () => {
    const told: Record<string, ActionResult> = {};
    let home: ActionResult;
    beforeAll(async () => {
      await type(app, emil, '/rollback back-1.0');
      await clickPoll(quinn, 'vote-no-go');
      const other = new pg.Client({ connectionString: app.database.url });
      await other.connect();
      try {
        await other.query('begin');
        await other.query('select from releases for update');
        const acts: Record<string, Promise<ActionResult>> = {
          command: type(app, rita, '/release go-no-go web-2.4.0'),
          window: type(app, sam, '/rollback web-2.4.0'),
          click: clickPoll(priya, 'vote-go'),
          refused: clickPoll(ines, 'close-poll'),
          rollback: submit(app, emil, { reason: 'Checkout fails.' }),
          vote: submit(app, quinn, { reason: 'Not tested.' }),
        };
        home = await app.control.openHome(rita);
        for (const [name, action] of Object.entries(acts)) told[name] = await action;
        for (const person of [priya, ines]) await seePrivately(app, person, working);
      } finally {
        // Ends the transaction, so that the bot gets on.
        await other.end();
      }
    });

    it.each(['command', 'window', 'click', 'refused', 'rollback', 'vote'])(
      'acknowledges a %s in time',
      (name) => {
        expect(told[name]?.status).toBe('acknowledged');
        expect(told[name]?.ackMs).toBeGreaterThan(2_000);
        expect(told[name]?.ackMs).toBeLessThan(3_000);
      },
    );

    it('tells someone who typed a command, and answers afterwards', async () => {
      expect(wordsOf(told.command?.message)).toBe(working);
      await seePrivately(app, rita, 'The go/no-go for web-2.4.0 is already open');
    });

    it('tells afterwards why there is no window', async () => {
      expect(wordsOf(told.window?.message)).toBe(working);
      await seePrivately(app, sam, "You can't roll back web-2.4.0.");
    });

    it('says to someone who clicked when it is done, or why not', async () => {
      await seePrivately(app, priya, 'Done.');
      await seePrivately(app, ines, "You can't close the go/no-go of web-2.4.0.");
      await seePost(app, /✅ Go: .*Priya Raman \(Product Owner\)/);
    });

    it('shows in the window that it takes longer, and then what came of it', async () => {
      expect(told.rollback?.view?.title).toBe(working);
      await eventually(async () => expect((await app.control.views(emil))[0]?.title).toBe('Rolled back'));
      await seePost(app, /^back-1.0: rolled back$/);
    });

    it('says in the window that a vote was taken', async () => {
      expect(told.vote?.view?.title).toBe(working);
      await eventually(async () => expect((await app.control.views(quinn))[0]?.title).toBe('Done'));
      await seePost(app, /⛔ Quinn Abara \(QA Lead\): Not tested\./);
    });

    it('has nothing to wait for where a home is opened', () => {
      expect(home.status).toBe('acknowledged');
      expect(home.ackMs).toBeLessThan(2_000);
    });
  });

  it('gives a reference and no secrets when something breaks, logs it once, and does not acknowledge it', async () => {
    const { pool } = app.app.services.db;
    const { connect } = pool;
    // Only a transaction asks for a connection without a callback; the reads of the jobs go on.
    const broken = (...callback: unknown[]) =>
      callback.length > 0
        ? Reflect.apply(connect, pool, callback)
        : Promise.reject(new Error(`no route to ${secretUrl}`));
    Object.assign(pool, { connect: broken });
    const typed = type(app, dana, '/promote web-2.4.0 --yes');
    const said = await seePrivately(app, dana, /Something went wrong/);
    Object.assign(pool, { connect });
    const reference = /tell whoever runs tminus the reference ([0-9a-f]{8})\.$/.exec(said)?.[1];
    expect(reference).toBeDefined();
    expect(said).not.toMatch(/hunter2|postgres|Error/);
    const lines = app.logged.filter(({ message: line }) => line === 'a request failed');
    expect(lines.map(({ details }) => details)).toEqual([expect.objectContaining({ reference })]);
    expect(await typed).toMatchObject(
      mode === 'http'
        ? { status: 'not-delivered', detail: 'The app answered with HTTP 500.' }
        : { status: 'timed-out' },
    );
    // Over the socket it comes again, and is taken.
    const refused = expect.objectContaining({ action: 'request.refused', actor: `slack:${dana}` });
    if (mode === 'socket')
      await eventually(async () => expect(await audit(app, 'web-2.4.0')).toContainEqual(refused));
  });
});
