import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { isLiveServer } from '../../../src/db/embedded-postgres/postgres-process.ts';
import { fellowProcess, forgetProcesses, startProcess } from './embedded-process.ts';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'tminus-embedded-'));
});
afterEach(async () => {
  await forgetProcesses(dataDir);
  await rm(dataDir, { recursive: true, force: true });
});

const postmaster = () =>
  Number.parseInt(readFileSync(path.join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10);

/** One statement on a connection of its own. */
async function ask(url: string, text: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return Object.values((await client.query<Record<string, unknown>>(text)).rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

describe('startEmbeddedPostgres', () => {
  it('gives a real PostgreSQL behind a password, and keeps data over a stop', async () => {
    const first = await startProcess(dataDir);
    await ask(first.url, `CREATE TABLE kept AS SELECT 'äöü' AS word`);
    expect(await ask(first.url, `SELECT upper(word) FROM kept`)).toBe('ÄÖÜ');
    expect(statSync(path.join(dataDir, 'postgres', 'tminus-password')).mode & 0o077).toBe(0);
    const stranger = new URL(first.url);
    stranger.password = 'guess';
    await expect(ask(stranger.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
    const server = postmaster();
    await first.stop();
    expect(isLiveServer(server, dataDir)).toBe(false);
    const second = await startProcess(dataDir);
    expect(await ask(second.url, `SELECT word FROM kept`)).toBe('äöü');
  });

  it('starts anew after a process that was killed, and leaves no server of it behind', async () => {
    const servers: number[] = [];
    for (let life = 0; life < 3; life++) {
      const running = await startProcess(dataDir);
      if (life === 0) await ask(running.url, 'CREATE TABLE lives AS SELECT 0 AS life');
      servers.push(postmaster());
      await ask(running.url, `UPDATE lives SET life = life + 1`);
      await running.kill();
      expect(isLiveServer(postmaster(), dataDir)).toBe(true);
    }
    const last = await startProcess(dataDir);
    expect(await ask(last.url, 'SELECT life FROM lives')).toBe(3);
    expect(servers.filter((server) => isLiveServer(server, dataDir))).toEqual([]);
  }, 60_000);

  it('starts again when process and server were killed together', async () => {
    const running = await startProcess(dataDir);
    process.kill(postmaster(), 'SIGKILL');
    await running.kill();
    const next = await startProcess(dataDir);
    expect(await ask(next.url, 'SELECT 1')).toBe(1);
  });

  it('is not fooled by a process number that belongs to another program now', async () => {
    const running = await startProcess(dataDir);
    const file = path.join(dataDir, 'postgres', 'postmaster.pid');
    const lines = readFileSync(file, 'utf8').split('\n');
    await running.stop();
    // A fellow of this user's, which PostgreSQL alone would take for the old server.
    const fellow = await fellowProcess(dataDir);
    onTestFinished(() => fellow.end());
    writeFileSync(file, [String(fellow.pid), ...lines.slice(1)].join('\n'));
    expect(await ask((await startProcess(dataDir)).url, 'SELECT 1')).toBe(1);
  });

  it('says so when the server dies under the process, and a new start brings it back', async () => {
    const running = await startProcess(dataDir);
    await ask(running.url, 'CREATE TABLE kept AS SELECT 1 AS one');
    process.kill(postmaster(), 'SIGKILL');
    // What the process does when it is told.
    expect(await running.ended()).toBe(3);
    expect(await ask((await startProcess(dataDir)).url, 'SELECT one FROM kept')).toBe(1);
  });

  it('removes what a start that was killed while it created the cluster has left', async () => {
    mkdirSync(path.join(dataDir, 'postgres.new'));
    writeFileSync(path.join(dataDir, 'postgres.new.password'), 'half');
    expect(await ask((await startProcess(dataDir)).url, 'SELECT 1')).toBe(1);
    expect(readdirSync(dataDir).sort()).toEqual(['postgres', 'postgres.lock', 'postgres.log']);
  });

  it('lets one of two that start at the same instant have the folder, and tells the other who has it', async () => {
    const both = await Promise.allSettled([startProcess(dataDir), startProcess(dataDir)]);
    const winner = both.find((one) => one.status === 'fulfilled');
    const loser = both.find((one) => one.status === 'rejected');
    expect(winner && loser).toBeTruthy();
    expect(String(loser?.reason)).toContain(
      `${dataDir} is in use by another tminus (process ${winner?.value.pid})`,
    );
    expect(winner && (await ask(winner.value.url, 'SELECT 1'))).toBe(1);
  }, 40_000);
});
