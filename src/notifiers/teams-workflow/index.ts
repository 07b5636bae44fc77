import { defineAdapter } from '../../lib/create-adapter-registry.ts';
import { TeamsWorkflowSettings } from './schema.ts';
import { createTeamsWorkflow } from './teams-workflow.ts';

/** A workflow of Power Automate that posts into Microsoft Teams, where there is no bot: cards without any acts. */
export const notifier = defineAdapter({
  name: 'teams-workflow',
  settings: TeamsWorkflowSettings,
  create: createTeamsWorkflow,
});
