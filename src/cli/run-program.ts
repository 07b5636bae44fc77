import type { Command } from 'commander';
import { errorMessage } from '../lib/error-message.ts';
import { createProgram } from './program.ts';

/** Runs the command line of this process, with commands of other packages besides its own. */
export async function runProgram(others: Command[] = []): Promise<void> {
  // Whoever reads our output may stop early, as `head` does.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  try {
    await createProgram(others).parseAsync();
  } catch (error) {
    // What users can mend themselves comes as a sentence; a stack would only hide it.
    console.error(errorMessage(error));
    process.exitCode = 1;
  }
}
