#!/usr/bin/env node
import { runProgram } from '../../src/cli/run-program.ts';
import { sandboxCommand } from './sandbox-command.ts';

// `tminus` as it is in a clone: with the sandbox.
await runProgram([sandboxCommand()]);
