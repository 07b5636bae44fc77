import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.ts';
import { findProgram } from './find-program.ts';
import { encodeRemoteWrite, type WrittenSeries } from './remote-write.ts';
import { findTestPort } from './test-port.ts';

export interface TestPrometheus {
  url: string;
  /** Stores samples of any instant, oldest first in each series. */
  write(series: readonly WrittenSeries[]): Promise<void>;
  stop(): Promise<void>;
}

/** A Prometheus that scrapes nothing and takes what a test writes. */
export async function startPrometheus(): Promise<TestPrometheus> {
  const program = findProgram({
    names: ['prometheus'],
    package: 'prometheus',
    hint: 'Install Prometheus 2.42 or newer (package prometheus).',
  });
  const folder = await mkdtemp(join(tmpdir(), 'tminus-prometheus-'));
  const config = join(folder, 'prometheus.yml');
  await writeFile(config, 'scrape_configs: []\n');
  const port = await findTestPort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(
    program,
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--web.enable-remote-write-receiver',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = `${said}${chunk.toString()}`.slice(-4_000);
  });
  await eventually(async () => {
    if (child.exitCode !== null) throw new Error(`Prometheus ended: ${said}`);
    expectOk(await fetch(`${url}/-/ready`));
  });
  return {
    url,
    write: async (series) => {
      const body = new Uint8Array(encodeRemoteWrite(series));
      const headers = {
        'content-type': 'application/x-protobuf',
        'content-encoding': 'snappy',
        'x-prometheus-remote-write-version': '0.1.0',
      };
      expectOk(await fetch(`${url}/api/v1/write`, { method: 'POST', headers, body }));
    },
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        const exit = once(child, 'exit');
        child.kill('SIGKILL');
        await exit;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function expectOk({ ok, status }: Response): void {
  if (!ok) throw new Error(`Prometheus answered HTTP ${status}`);
}
