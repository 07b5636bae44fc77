import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { Redis } from 'ioredis';
import { findProgram } from './find-program.ts';
import { findTestPort } from './test-port.ts';

/** The Redis of `REDIS_URL`, or one of the run's own with its files in `folder`. */
export async function startTestRedis(folder: string): Promise<{ url: string; stop(): Promise<void> }> {
  const given = process.env.REDIS_URL;
  return given ? { url: given, stop: async () => undefined } : startRedis(folder);
}

export interface TestRedis {
  url: string;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

/**
 * A Redis of its own, set up as production's has to be: append-only file, nothing evicted.
 * Needs `redis-server`, installs it where it may.
 */
export async function startRedis(folder: string): Promise<TestRedis> {
  const program = findProgram({
    names: ['redis-server'],
    package: 'redis-server',
    hint: 'Install Redis 7 (package redis-server), or set REDIS_URL to a Redis for tests.',
  });
  const port = await findTestPort();
  const network = ['--port', String(port), '--bind', '127.0.0.1'];
  const durability = ['--appendonly', 'yes', '--save', '', '--maxmemory-policy', 'noeviction'];
  const files = ['--dir', folder, '--pidfile', path.join(folder, 'redis.pid')];
  const child = spawn(program, [...network, ...durability, ...files], { stdio: 'ignore' });
  const url = `redis://127.0.0.1:${port}`;
  await waitForRedis(url);
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
  };
  return { url, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

async function waitForRedis(url: string): Promise<void> {
  const client = new Redis(url, { maxRetriesPerRequest: 100, retryStrategy: () => 50 });
  client.on('error', () => undefined);
  await client.ping();
  client.disconnect();
}
