import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isLiveServer } from '../../src/db/embedded-postgres/postgres-process.ts';

/** Ends the servers whose number is noted in a folder of a run that was killed, if they are still that. */
export function stopStrays(folder: string): void {
  const postgres = readPid(path.join(folder, 'postgres', 'postmaster.pid'));
  if (postgres && isLiveServer(postgres, path.join(folder, 'postgres'))) process.kill(postgres, 'SIGQUIT');
  const redis = readPid(path.join(folder, 'redis.pid'));
  if (redis && isRedis(redis)) process.kill(redis, 'SIGTERM');
}

function readPid(file: string): number | undefined {
  if (!existsSync(file)) return undefined;
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
  return pid > 0 ? pid : undefined;
}

function isRedis(pid: number): boolean {
  const file = `/proc/${pid}/comm`;
  return existsSync(file) && readFileSync(file, 'utf8').startsWith('redis-server');
}
