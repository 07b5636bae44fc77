import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPackageFolder } from '../../config/package-folder.ts';

/** A module to run as a process, and what Node needs to be told for it. */
export interface BotProgram {
  file: string;
  execArgv: string[];
}

/** The bot's program: from the bundle when this code runs from there itself, else from the source. */
export function findBotProgram(): BotProgram {
  if (!import.meta.url.endsWith('.ts')) {
    return { file: path.join(findPackageFolder('dist'), 'run-bot.js'), execArgv: [] };
  }
  return {
    file: fileURLToPath(new URL('./run-bot.ts', import.meta.url)),
    execArgv: ['--import', import.meta.resolve('tsx')],
  };
}
