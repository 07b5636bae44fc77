import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.ts';
import { findProgram } from './find-program.ts';
import { findTestPort } from './test-port.ts';

export interface TestHaproxy {
  /** The path of its runtime socket. */
  socket: string;
  /** Where its one frontend listens. */
  url: string;
  stop(): Promise<void>;
}

/** The lines of backend `shop`'s servers, such as `server old 127.0.0.1:4000`. */
export async function startHaproxy(servers: readonly string[]): Promise<TestHaproxy> {
  const program = findProgram({
    names: ['haproxy'],
    package: 'haproxy',
    hint: 'Install HAProxy 2.4 or newer (package haproxy).',
  });
  const folder = await mkdtemp(join(tmpdir(), 'tminus-haproxy-'));
  const socket = join(folder, 'admin.sock');
  const port = await findTestPort();
  const config = join(folder, 'haproxy.cfg');
  await writeFile(config, configuration({ socket, port, servers }));
  const child = spawn(program, ['-db', '-f', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    }
    await rm(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  await eventually(async () => {
    if (child.exitCode !== null) throw new Error(`HAProxy ended: ${said}`);
    await fetch(url);
  });
  return { socket, url, stop };
}

function configuration(given: { socket: string; port: number; servers: readonly string[] }): string {
  return `global
  stats socket ${given.socket} mode 600 level admin
  maxconn 256
defaults
  mode http
  timeout connect 2s
  timeout client 10s
  timeout server 10s
frontend front
  bind 127.0.0.1:${given.port}
  default_backend shop
backend shop
  balance roundrobin
${given.servers.map((line) => `  ${line}`).join('\n')}
`;
}
