import { spawn } from 'node:child_process';
import path from 'node:path';

/**
 * Microsoft's own playground for Teams apps, of this version. It is fetched when it is asked for: 15 MB under a licence
 * of its own, which neither the product nor its tests need.
 */
const playground = '@microsoft/m365agentsplayground@0.2.28';
const endpoint = process.env.BOT_ENDPOINT ?? 'http://127.0.0.1:3000/api/messages';

const program = ['--yes', '--package', playground, 'agentsplayground'];
const options = ['start', '-e', endpoint, '-c', 'msteams', '-p', '56150', '--disable-telemetry'];
const preload = path.resolve('scripts/loopback-only.cjs');
const child = spawn('npx', [...program, ...options], {
  stdio: 'inherit',
  // It would listen on every address of this machine.
  env: {
    ...process.env,
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --require ${JSON.stringify(preload)}`,
  },
});
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
