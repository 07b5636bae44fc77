#!/usr/bin/env node
import { errorMessage } from '../lib/error-message.ts';
import { createProgram } from './program.ts';

// Whoever reads our output may stop early, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

createProgram()
  .parseAsync()
  .catch((error: unknown) => {
    // What users can mend themselves comes as a sentence; a stack would only hide it.
    console.error(errorMessage(error));
    process.exitCode = 1;
  });
