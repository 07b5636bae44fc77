import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Program, startProgram } from './start-program.ts';

/** What a bundled bot loaded up to its end. */
export interface LoadedModules {
  /** Of the bundle. */
  files: number;
  /** Sources in these files. */
  modules: number;
  /** Of them, those of botbuilder and its packages. */
  ofBotbuilder: number;
}

const isOfBotbuilder = (source: string) => /\/node_modules\/(botbuilder|botframework)/.test(source);

/**
 * Starts a bot whose bundle is in a folder, stops it, and reads what it loaded from Node's record of coverage.
 * @throws Error when botbuilder is nowhere in the bundle: then its absence from what was loaded would say nothing.
 */
export async function readLoadedModules(program: Program, bundle: string): Promise<LoadedModules> {
  const records = await mkdtemp(path.join(tmpdir(), 'tminus-bench-coverage-'));
  try {
    const env = { ...program.env, NODE_V8_COVERAGE: records };
    await (await startProgram({ ...program, env })).stop();
    const loaded = (await loadedFiles(records)).filter((file) => path.dirname(file) === bundle);
    const all = (await readdir(bundle)).map((name) => path.join(bundle, name));
    if (!(await sourcesOf(all)).some(isOfBotbuilder)) throw new Error(`${bundle} holds no botbuilder`);
    const sources = await sourcesOf(loaded);
    if (sources.length === 0) throw new Error(`nothing was loaded from ${bundle}`);
    const ofBotbuilder = sources.filter(isOfBotbuilder).length;
    return { files: loaded.length, modules: sources.length, ofBotbuilder };
  } finally {
    await rm(records, { recursive: true, force: true });
  }
}

async function loadedFiles(records: string): Promise<string[]> {
  const files = new Set<string>();
  for (const name of await readdir(records)) {
    const { result } = JSON.parse(await readFile(path.join(records, name), 'utf8')) as {
      result: { url: string }[];
    };
    for (const { url } of result)
      if (url.startsWith('file:')) files.add(fileURLToPath(url.split('?')[0] ?? url));
  }
  return [...files];
}

/** What was bundled into these files, by their source maps. */
async function sourcesOf(files: readonly string[]): Promise<string[]> {
  const maps = files.map((file) => `${file}.map`).filter((file) => existsSync(file));
  const read = maps.map(
    async (file) => (JSON.parse(await readFile(file, 'utf8')) as { sources: string[] }).sources,
  );
  return (await Promise.all(read)).flat();
}
