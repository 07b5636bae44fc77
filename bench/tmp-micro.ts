import pg from 'pg';
import { bundleProcesses } from './bundle.ts';
import { startChild } from './child.ts';
import type { BotProcess } from './processes/bot-main.ts';
import type { LoadProcess } from './processes/load-main.ts';
import { startServers } from './servers.ts';

const bundle = await bundleProcesses();
const servers = await startServers();
const load = startChild<LoadProcess>(bundle('load-main'));
const apiUrl = await load.ask('start', undefined);
const bot = startChild<BotProcess>(bundle('bot-main'));
const url = await servers.createDatabase('micro');
await bot.ask('start', {
  databaseUrl: url,
  slack: { mode: 'http', botToken: 'x', signingSecret: 'x', apiUrl },
  postIntervalMs: 0,
});
await bot.ask('plan', { releases: 20, channels: ['#qa'] });
await bot.stop();
await load.stop();
const { loadRelease } = await import('../src/db/queries/load-release.ts');
const { findRolloutByKey } = await import('../src/db/queries/rollouts.ts');
const c = new pg.Client({ connectionString: url, pipeline: true } as never);
await c.connect();
const pid = (await c.query('select pg_backend_pid() as pid')).rows[0].pid;
const { readFileSync } = await import('node:fs');
const pgCpu = () => {
  const f = readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ');
  return Number(f[0]) / 1e6;
};
const rel = await loadRelease(c as never, { key: 'bench-1' });
console.log('plan bytes', JSON.stringify(rel?.plan).length, 'all', JSON.stringify(rel).length);
async function time(name: string, f: (i: number) => Promise<unknown>, n = 1000) {
  for (let i = 0; i < 50; i++) await f(i);
  const t = performance.now();
  const cpu = process.cpuUsage();
  const g = pgCpu();
  for (let i = 50; i < n + 50; i++) await f(i);
  const u = process.cpuUsage(cpu);
  console.log(
    name.padEnd(30),
    ((performance.now() - t) / n).toFixed(3),
    'ms; node cpu',
    ((u.user + u.system) / 1000 / n).toFixed(3),
    'pg cpu',
    ((pgCpu() - g) / n).toFixed(3),
  );
}
const key = (i: number) => ({ key: `bench-${1 + (i % 20)}` });
const finish = (p: string, i: number, ev = 1) => ({
  name: 'finish' + ev,
  text: 'select finish_act($1::text[], $2::text[], $3, $4, $5)',
  values: [
    ev ? [rel!.id] : [],
    ev ? ['{"action":"act.refused","details":{"x":"' + 'y'.repeat(200) + '"}}'] : [],
    `${p}${i}`,
    new Date(),
    '{"ok":false,"refusal":{"message":"' + 'z'.repeat(200) + '"}}',
  ],
});
await time('select 1', () => c.query({ name: 'one', text: 'select 1' }));
await time('loadRelease', (i) => loadRelease(c as never, key(i)));
await time('loadRelease lock', (i) => loadRelease(c as never, key(i), { lock: true }));
await time('rollout', (i) => findRolloutByKey(c as never, key(i).key));
await time('insert inbox autocommit', (i) =>
  c.query({ name: 'ins', text: 'insert into inbox values ($1,$2,$3)', values: [`a${i}`, new Date(), '{}'] }),
);
await time('finish inbox only autocommit', (i) => c.query(finish('b', i, 0)));
await time('finish autocommit', (i) => c.query(finish('c', i)));
await time('whole pipelined', async (i) => {
  const b = c.query('BEGIN');
  const l = loadRelease(c as never, key(i), { lock: true });
  const r = findRolloutByKey(c as never, key(i).key);
  await Promise.all([b, l, r]);
  await Promise.all([c.query(finish('d', i)), c.query('COMMIT')]);
});
await time('whole not pipelined', async (i) => {
  await c.query('BEGIN');
  await loadRelease(c as never, key(i), { lock: true });
  await findRolloutByKey(c as never, key(i).key);
  await c.query(finish('e', i));
  await c.query('COMMIT');
});
await c.end();
await servers.stop();
process.exit();
