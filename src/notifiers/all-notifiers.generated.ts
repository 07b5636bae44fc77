// Written by `npm run registries` from what is beside it; do not edit.
import { notifier as email } from './email/index.ts';
import { notifier as statuspage } from './statuspage/index.ts';
import { notifier as teamsWorkflow } from './teams-workflow/index.ts';
import { notifier as webhook } from './webhook/index.ts';

export const allNotifiers = [
  email,
  statuspage,
  teamsWorkflow,
  webhook,
] as const;
