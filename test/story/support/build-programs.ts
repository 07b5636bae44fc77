import path from 'node:path';
import { build } from 'esbuild';
import type { TestProject } from 'vitest/node';
import { buildBundle } from '../../../scripts/build-bundle.ts';
import { bundleOptions } from '../../../scripts/bundle-options.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The bundle of `sandbox-main.ts`. */
    sandboxMain: string;
  }
}

/**
 * Vitest's global setup for the stories: they run what is shipped, `dist/`, which starts several times faster
 * than the source; with dozens of starts after kills that decides how long they take.
 */
export default async function setup(project: TestProject): Promise<void> {
  const outdir = path.resolve('node_modules/.cache/tminus-story');
  const main = new URL('sandbox-main.ts', import.meta.url).pathname;
  await Promise.all([buildBundle(), build({ ...bundleOptions, entryPoints: [main], outdir })]);
  project.provide('sandboxMain', path.join(outdir, 'sandbox-main.js'));
}
