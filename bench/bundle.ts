import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundleOptions } from '../scripts/bundle-options.ts';

const processes = fileURLToPath(new URL('./processes', import.meta.url));
/** Inside the package, so that the code finds the package's folders from there. */
const outdir = fileURLToPath(new URL('../node_modules/.cache/tminus-bench', import.meta.url));

/** Bundles every process of the benchmarks, as the product is bundled. Returns where the bundle of a process is. */
export async function bundleProcesses(): Promise<(name: string) => string> {
  await rm(outdir, { recursive: true, force: true });
  const files = await readdir(processes);
  const entryPoints = files.map((file) => path.join(processes, file));
  await build({ ...bundleOptions, entryPoints, outdir, logLevel: 'warning' });
  return (name) => path.join(outdir, `${name}.js`);
}
