import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { healthCommand } from '../../src/cli/health.ts';
import { startHttpServer } from '../../src/http/http-server.ts';
import { silentLog } from '../../src/lib/log.ts';

/** `tminus health` with an HTTP server of these lines in `tminus.yaml`. */
async function run(http: string): Promise<{ exitCode: number; said: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tminus-health-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = path.join(folder, 'tminus.yaml');
  await writeFile(file, `http: ${http}\n`);
  const outcome = { exitCode: -1, said: '' };
  const command = healthCommand({
    env: {},
    write: (text) => {
      outcome.said += text;
    },
    setExitCode: (code) => {
      outcome.exitCode = code;
    },
  });
  await command.parseAsync(['--config', file], { from: 'user' });
  return outcome;
}

async function serve(status: number, body: object): Promise<string> {
  const routes = async (server: Parameters<Parameters<typeof startHttpServer>[0]['routes'][0]>[0]) => {
    server.get('/healthz', (_request, reply) => void reply.code(status).send(body));
  };
  const server = await startHttpServer({ port: 0, host: '127.0.0.1', routes: [routes], log: silentLog });
  onTestFinished(() => server.close());
  return new URL(server.url).port;
}

it.each(['127.0.0.1', '0.0.0.0'])('asks at the port of the configuration, with the host %s', async (host) => {
  const port = await serve(200, { status: 'ok' });
  expect(await run(`{ host: ${host}, port: ${port} }`)).toEqual({ exitCode: 0, said: '{"status":"ok"}' });
});

it('says what is not well', async () => {
  const port = await serve(503, { status: 'unavailable', part: 'database' });
  expect(await run(`{ port: ${port} }`)).toEqual({
    exitCode: 1,
    said: '{"status":"unavailable","part":"database"}',
  });
});

it('says where nothing answers', async () => {
  expect(await run('{ port: 1 }')).toEqual({
    exitCode: 1,
    said: 'Nothing answers at http://127.0.0.1:1/healthz. Is the bot running, with the same tminus.yaml?',
  });
});
