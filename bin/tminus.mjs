#!/usr/bin/env node
import { existsSync } from 'node:fs';

// The bundle of `npm run build` where there is one, else the source.
const bundle = new URL('../dist/main.js', import.meta.url);
if (existsSync(bundle)) {
  await import(bundle.href);
} else {
  const { register } = await import('tsx/esm/api');
  register();
  await import(new URL('../src/cli/main.ts', import.meta.url).href);
}
