import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../src/sandbox/control-api.ts';
import { eventually } from '../support/eventually.ts';
import { recorded } from './recorded-payloads.ts';
import {
  audit,
  click,
  dana,
  emil,
  goLive,
  openPoll,
  planRelease,
  privateWords,
  quinn,
  rita,
  seePost,
  seePrivately,
  submit,
  type,
  wordsOf,
  wordsOfView,
} from './scene.ts';
import { modes, startTestApp, type TestApp } from './start-test-app.ts';

const working = 'Working on it…';

describe.each(modes)('acknowledgement over %s, with a database that is slow', (mode) => {
  let app: TestApp;
  let poll: Message;
  beforeAll(async () => {
    app = await startTestApp(mode);
    await goLive(app, await planRelease(app, { key: 'live-1.0' }));
    poll = await openPoll(app, await planRelease(app, { key: 'web-2.4.0' }));
  });
  afterAll(() => app.stop());

  /** Holds the rows of all releases while `act` is made, until the person was told that it takes longer. */
  const whileLocked = async <Outcome>(act: () => Promise<Outcome>, until: (outcome: Outcome) => unknown) => {
    const other = new pg.Client({ connectionString: app.database.url });
    await other.connect();
    try {
      await other.query('begin');
      await other.query('select from releases for update');
      const outcome = await act();
      await until(outcome);
      await other.query('commit');
      return outcome;
    } finally {
      await other.end();
    }
  };
  const inTime = ({ status, ackMs }: { status: string; ackMs?: number }) => {
    expect(status).toBe('acknowledged');
    expect(ackMs).toBeGreaterThan(2_000);
    expect(ackMs).toBeLessThan(3_000);
  };

  it('tells someone who typed a command, and answers afterwards', async () => {
    const { message } = await whileLocked(
      () => type(app, dana, '/promote live-1.0'),
      (result) => inTime(result),
    );
    expect(wordsOf(message)).toBe(working);
    await seePrivately(app, dana, 'live-1.0: promotion from 0 % to 1 % is on its way.');
    await seePost(app, /^live-1.0: promoted to 1 %/);
  });

  it('tells someone who clicked, and says when it is done', async () => {
    await whileLocked(
      () => click(app, emil, 'vote-go', { channel: poll.channel, ts: poll.ts }),
      async (result) => {
        inTime(result);
        await seePrivately(app, emil, working);
      },
    );
    await seePrivately(app, emil, 'Done.');
    await seePost(app, /^web-2.4.0: go\/no-go, 1 of 6 voted/);
  });

  it('tells someone who clicked why it was not done', async () => {
    await whileLocked(
      () => click(app, quinn, 'close-poll', { channel: poll.channel, ts: poll.ts }),
      async (result) => {
        inTime(result);
        await seePrivately(app, quinn, working);
      },
    );
    await seePrivately(app, quinn, "You can't close the go/no-go of web-2.4.0.");
  });

  it('shows in the window that it takes longer, and then what came of it', async () => {
    await type(app, emil, '/rollback live-1.0');
    await whileLocked(
      () => submit(app, emil, { reason: 'Checkout fails.' }),
      (result) => {
        inTime(result);
        expect(result.view?.title).toBe(working);
      },
    );
    await eventually(async () => expect((await app.control.views(emil))[0]?.title).toBe('Rolling back'));
    await seePost(app, /^live-1.0: rolled back$/);
  });

  it('lists in the window what has to be changed, when that took longer to find', async () => {
    await click(app, quinn, 'vote-no-go', { channel: poll.channel, ts: poll.ts });
    await whileLocked(
      () => submit(app, quinn, { reason: 'Not tested.' }),
      (result) => expect(result.view?.title).toBe(working),
    );
    await eventually(async () => {
      const [view] = await app.control.views(quinn);
      expect(view?.title).toBe('Done');
      expect(wordsOfView(view?.view ?? null)).toBe('Done.');
    });
  });

  it('says that a window came too late, and that nothing was changed', async () => {
    const { message } = await whileLocked(
      () => type(app, emil, '/rollback web-2.4.0'),
      (result) => inTime(result),
    );
    expect(wordsOf(message)).toBe(working);
    await seePrivately(app, emil, 'web-2.4.0 has no traffic yet');
    const answer = await app.wire.send('slash_commands', recorded('slash-command', { text: 'new' }));
    expect(answer.status).toBe(200);
  });

  it('answers a home that is opened meanwhile at once', async () => {
    const opened = await whileLocked(
      () => app.control.openHome(rita),
      ({ status }) => expect(status).toBe('acknowledged'),
    );
    expect(opened.ackMs).toBeLessThan(2_000);
  });

  it('gives a reference and no secrets when something breaks, and logs it once', async () => {
    const { pool } = app.app.services.db;
    const connect = pool.connect;
    Object.assign(pool, {
      connect: () => Promise.reject(new Error('no route to postgres://tminus:hunter2@db')),
    });
    const before = app.logged.length;
    const { message } = await type(app, dana, '/promote web-2.4.0');
    Object.assign(pool, { connect });
    const told = wordsOf(message);
    const reference = /tell whoever runs tminus the reference ([0-9a-f]{8})\.$/.exec(told)?.[1];
    expect(reference).toBeDefined();
    expect(told).not.toMatch(/hunter2|postgres|Error/);
    const lines = app.logged.slice(before).filter(({ message: line }) => line === 'a request failed');
    expect(lines.map(({ details }) => details)).toEqual([expect.objectContaining({ reference })]);
    expect((await audit(app)).length).toBeGreaterThan(0);
    expect((await privateWords(app, dana)).at(-1)).toBe(told);
  });
});
