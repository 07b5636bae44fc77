// Written by `npm run registries` from what is beside it; do not edit.
import { command as promote } from './promote.ts';
import { command as release } from './release.ts';
import { command as rollback } from './rollback.ts';

export const allCommands = [
  promote,
  release,
  rollback,
] as const;
