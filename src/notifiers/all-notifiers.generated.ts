// Written by `npm run registries` from what is beside it; do not edit.
import { notifier as teamsWorkflow } from './teams-workflow/index.ts';

export const allNotifiers = [
  teamsWorkflow,
] as const;
