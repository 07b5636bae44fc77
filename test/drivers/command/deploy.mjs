// Deploys nothing: it keeps what it was told in a file, as a script of somebody's own might.

import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const [, , file, what, ...args] = process.argv;
const state = JSON.parse(readFileSync(file, 'utf8'));
const save = () => writeFileSync(file, JSON.stringify(state));

if (what === 'observe') {
  const { stableVersion, candidateVersion, weight, paused } = state;
  console.log(
    state.garbled ??
      JSON.stringify({ stableVersion, candidateVersion, weight, status: paused ? 'paused' : 'done' }),
  );
} else if (state.behaviour === 'refuse') {
  console.error(`first line\nno permission with ${process.env.DEPLOY_TOKEN}`);
  process.exitCode = 3;
} else if (what !== 'rollback' && what !== 'resume' && args[0] !== state.candidateVersion) {
  console.error(`${args[0]} is not deployed`);
  process.exitCode = 4;
} else if (state.behaviour !== 'ignore') {
  state.paused = what === 'pause';
  if (what === 'weight') state.weight = Number(args[1]);
  if (what === 'promote') state.weight = 100;
  if (what === 'rollback' || what === 'abort') state.weight = 0;
  save();
  if (state.behaviour === 'late') {
    // Neither it nor what it started wants to end.
    process.on('SIGTERM', () => undefined);
    const child = spawn(
      process.execPath,
      ['-e', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"],
      { stdio: 'ignore' },
    );
    writeFileSync(`${file}.child`, String(child.pid));
    setInterval(() => existsSync(file), 1_000);
  }
}
