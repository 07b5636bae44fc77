import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { eventually } from './eventually.ts';
import { findProgram } from './find-program.ts';
import { findTestPort } from './test-port.ts';

/** The account of the package that owns what was delivered; OpenSMTPD delivers nothing to root. */
const account = 'opensmtpq';

export interface OpenSmtpd {
  port: number;
  /** The messages delivered, as they are on the disk. */
  delivered(): Promise<string[]>;
  stop(): Promise<void>;
}

/** Whether OpenSMTPD can run here: it starts as root, on a Debian that has or can get its package. */
export function canRunOpenSmtpd(): boolean {
  return process.getuid?.() === 0 && program() !== null;
}

function program(): string | null {
  try {
    return findProgram({ names: ['smtpd'], package: 'opensmtpd', hint: 'Install opensmtpd.' });
  } catch {
    return null;
  }
}

/**
 * OpenSMTPD on a port of this machine, which knows `ann@example.com` alone; files in `folder`. Without encryption, and
 * so without passwords: that of Debian 12 (6.8.0p2 with OpenSSL 3) fails in every TLS handshake that signs.
 */
export async function startOpenSmtpd(folder: string): Promise<OpenSmtpd> {
  const port = await findTestPort();
  const maildir = path.join(folder, 'mail');
  const config = path.join(folder, 'smtpd.conf');
  await chmod(folder, 0o755);
  await mkdir(maildir);
  await chown(maildir, idOf('-u'), idOf('-g'));
  await writeFile(config, configuration({ port, maildir }));
  const child = spawn(program() ?? '', ['-d', '-f', config], { stdio: 'ignore', detached: true });
  await eventually(() => answers(port));
  return { port, delivered: () => messagesIn(maildir), stop: () => stop(child) };
}

function configuration({ port, maildir }: { port: number; maildir: string }): string {
  return `listen on 127.0.0.1 port ${port}
action "keep" maildir "${maildir}" virtual { "ann@example.com" = ${account} }
match from any for domain "example.com" action "keep"
`;
}

function idOf(which: '-u' | '-g'): number {
  return Number(spawnSync('id', [which, account], { encoding: 'utf8' }).stdout);
}

/** Rejects unless somebody says something there. */
function answers(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const end = () => {
      socket.destroy();
      resolve();
    };
    socket.once('data', end).once('error', reject);
  });
}

async function messagesIn(maildir: string): Promise<string[]> {
  const fresh = path.join(maildir, 'new');
  const names = await readdir(fresh).catch(() => []);
  return Promise.all(names.sort().map((name) => readFile(path.join(fresh, name), 'utf8')));
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}
