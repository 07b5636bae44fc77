import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPackageFolder } from '../src/lib/package-folder.ts';

/** A module to run as a process, and what Node needs to be told for it. */
export interface ChildProgram {
  file: string;
  execArgv: string[];
}

/** The programs that the sandbox runs beside itself, by their names in the bundle. */
const sources = {
  'run-bot': new URL('./bot/run-bot.ts', import.meta.url),
  'run-demo': new URL('./demo/run-demo.ts', import.meta.url),
};

/** One of them: from the bundle when this code runs from there itself, else from the source. */
export function findChildProgram(name: keyof typeof sources): ChildProgram {
  if (!import.meta.url.endsWith('.ts')) {
    return { file: path.join(findPackageFolder('sandbox'), 'dist', `${name}.js`), execArgv: [] };
  }
  return {
    file: fileURLToPath(sources[name]),
    execArgv: ['--import', import.meta.resolve('tsx')],
  };
}
