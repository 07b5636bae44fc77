import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildBundle } from '../../../scripts/build-bundle.ts';
import { bundles } from '../../../scripts/bundles.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The bundle of `sandbox-main.ts`. */
    sandboxMain: string;
  }
}

/**
 * Vitest's global setup for the stories: they run bundles, as users do, which start several times faster
 * than the source; with dozens of starts after kills that decides how long they take.
 */
export default async function setup(project: TestProject): Promise<void> {
  const outdir = path.resolve('node_modules/.cache/tminus-story');
  const entryPoints = { 'sandbox-main': new URL('sandbox-main.ts', import.meta.url).pathname };
  await Promise.all([
    buildBundle(bundles.tminus),
    buildBundle(bundles.sandbox),
    buildBundle({ ...bundles.sandbox, entryPoints, outdir }),
  ]);
  project.provide('sandboxMain', path.join(outdir, 'sandbox-main.js'));
}
