#!/usr/bin/env node
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [command = 'help'] = process.argv.slice(2);

/** tminus alone, and with the sandbox, which is a package of its own that production does without. */
const programs = {
  alone: { bundle: 'dist/main.js', source: 'src/cli/main.ts', folders: ['src'] },
  withSandbox: {
    bundle: 'sandbox/dist/main.js',
    source: 'sandbox/cli/main.ts',
    folders: ['src', 'sandbox'],
  },
};

function sandboxIsInstalled() {
  const manifest = path.join(root, 'sandbox', 'package.json');
  if (!existsSync(manifest)) return false;
  try {
    const { resolve } = createRequire(manifest);
    return ['esbuild', 'react'].every((name) => resolve(name));
  } catch {
    return false;
  }
}

/**
 * Whether a program was built, and its source has not changed since. The bot itself starts as it was built, without
 * the look at hundreds of files.
 */
function isFresh({ bundle, folders }) {
  const built = statSync(path.join(root, bundle), { throwIfNoEntry: false });
  if (!built) return false;
  if (['start', 'health'].includes(command)) return true;
  return folders
    .map((folder) => path.join(root, folder))
    .filter((folder) => existsSync(folder))
    .every((folder) =>
      readdirSync(folder, { recursive: true })
        .filter((name) => !/^(dist|node_modules)\b/.test(name))
        .every((name) => statSync(path.join(folder, name)).mtimeMs <= built.mtimeMs),
    );
}

async function run(program) {
  if (isFresh(program)) {
    await import(new URL(`../${program.bundle}`, import.meta.url).href);
    return;
  }
  try {
    const { register } = await import('tsx/esm/api');
    register();
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    fail(
      'tminus is not built. Run `npm ci && npm run build`; `npm ci --omit=dev` then leaves what it runs on.',
    );
    return;
  }
  await import(new URL(`../${program.source}`, import.meta.url).href);
}

function fail(sentence) {
  console.error(sentence);
  process.exitCode = 1;
}

const mayNeedSandbox = ['sandbox', 'help', '--help', '-h'].includes(command);
if (mayNeedSandbox && sandboxIsInstalled()) await run(programs.withSandbox);
else if (command === 'sandbox')
  fail(
    'The sandbox is not installed here. It comes with a clone of the repository: run `npm ci` in it first.',
  );
else await run(programs.alone);
