import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { bundleOptions } from './bundle-options.ts';

/** Named by the hash of what is in them. */
const chunk = /-[0-9A-Z]{8}\.js(\.map)?$/;

export interface Bundle {
  /** Source files by the names that their programs get in `outdir`. */
  entryPoints: Record<string, string>;
  outdir: string;
  /** Packages that bring files of their own along, and so stay in `node_modules`. */
  external?: readonly string[];
}

/**
 * Bundles programs with all they need: a process starts in a fraction of the time that the source takes. One may
 * start from there at any moment, so each file appears whole, what has not changed stays, and what an earlier
 * build left goes last.
 */
export async function buildBundle({ entryPoints, outdir, external = [] }: Bundle): Promise<void> {
  const { outputFiles } = await build({
    ...bundleOptions,
    external: [...bundleOptions.external, ...external],
    entryPoints,
    outdir,
    sourcemap: true,
    sourcesContent: false,
    legalComments: 'linked',
    write: false,
    logLevel: 'warning',
  });
  await mkdir(outdir, { recursive: true });
  // The entries come after the chunks that they ask for.
  const inOrder = outputFiles.toSorted((a, b) => Number(chunk.test(b.path)) - Number(chunk.test(a.path)));
  for (const { path: file, contents } of inOrder) {
    if (chunk.test(file) && (await sizeOf(file)) === contents.byteLength) continue;
    await writeWhole(file, contents);
  }
  const built = new Set(outputFiles.map((file) => path.basename(file.path)));
  for (const name of await readdir(outdir)) {
    // A name with a dot in front is a file that another build is writing.
    if (!built.has(name) && !name.startsWith('.'))
      await rm(path.join(outdir, name), { recursive: true, force: true });
  }
}

async function sizeOf(file: string): Promise<number | null> {
  return stat(file).then(
    ({ size }) => size,
    () => null,
  );
}

async function writeWhole(file: string, contents: Uint8Array): Promise<void> {
  const unfinished = path.join(path.dirname(file), `.${process.pid}-${path.basename(file)}`);
  await writeFile(unfinished, contents);
  await rename(unfinished, file);
}
