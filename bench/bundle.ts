import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundleOptions, plainOptions } from '../scripts/bundle-options.ts';

const processes = fileURLToPath(new URL('./processes', import.meta.url));
/** Inside the package, so that the code finds the package's folders from there. */
const outdir = fileURLToPath(new URL('../node_modules/.cache/tminus-bench', import.meta.url));

/**
 * Bundles every process of the benchmarks: the bot as the product is bundled, so that what is measured is what
 * runs in production, and what it is compared with as anybody would. Returns where the bundle of a process is.
 */
export async function bundleProcesses(): Promise<(name: string) => string> {
  await rm(outdir, { recursive: true, force: true });
  const files = await readdir(processes);
  const isBare = (file: string) => file.startsWith('bare-');
  const own = files.filter((file) => !isBare(file));
  await Promise.all([
    build({ ...bundleOptions, entryPoints: own.map(pathOf), outdir, logLevel: 'warning' }),
    build({ ...plainOptions, entryPoints: files.filter(isBare).map(pathOf), outdir, logLevel: 'warning' }),
  ]);
  return (name) => path.join(outdir, `${name}.js`);
}

function pathOf(file: string): string {
  return path.join(processes, file);
}
