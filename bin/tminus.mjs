#!/usr/bin/env node
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bundle = path.join(root, 'dist', 'main.js');
const sources = ['src', 'sandbox'].map((name) => path.join(root, name));

/**
 * Whether `npm run build` was run, and the source has not changed since. The bot itself starts as it was built,
 * without the look at hundreds of files.
 */
function bundleIsFresh() {
  if (!existsSync(bundle)) return false;
  if (process.argv[2] === 'start') return true;
  const builtAt = statSync(bundle).mtimeMs;
  return sources
    .filter((source) => existsSync(source))
    .every((source) =>
      readdirSync(source, { recursive: true }).every(
        (name) => statSync(path.join(source, name)).mtimeMs <= builtAt,
      ),
    );
}

if (bundleIsFresh()) {
  await import(new URL('../dist/main.js', import.meta.url).href);
} else {
  const { register } = await import('tsx/esm/api');
  register();
  await import(new URL('../src/cli/main.ts', import.meta.url).href);
}
