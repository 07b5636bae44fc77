import { spawn } from 'node:child_process';
import path from 'node:path';

/** What has to hold before every commit; all at once, each one's output only when it fails. */
const checks: Record<string, string[]> = {
  'format and lint': ['biome', 'check', '--error-on-warnings'],
  registries: ['tsx', 'scripts/write-registries.ts', '--check'],
  types: ['tsc', '--noEmit', '--incremental', '--tsBuildInfoFile', 'node_modules/.cache/tsbuildinfo'],
  layers: ['depcruise', 'src', 'sandbox', '--output-type', 'err'],
  'dead code': ['knip', '--treat-config-hints-as-errors'],
  'unit tests': ['vitest', 'run', '--project', 'unit', '--reporter', 'dot'],
};

async function runCheck(name: string, [program = '', ...args]: string[]): Promise<boolean> {
  const began = performance.now();
  const child = spawn(path.resolve('node_modules', '.bin', program), args, {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += String(data)));
  const status = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'}  ${name} (${seconds} s)`);
  if (status !== 0) console.log(output);
  return status === 0;
}

const results = await Promise.all(Object.entries(checks).map(([name, command]) => runCheck(name, command)));
if (results.includes(false)) process.exitCode = 1;
