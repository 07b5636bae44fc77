// Written by `npm run registries` from what is beside it; do not edit.
import { notifier as email } from './email/index.ts';
import { notifier as teamsWorkflow } from './teams-workflow/index.ts';

export const allNotifiers = [
  email,
  teamsWorkflow,
] as const;
