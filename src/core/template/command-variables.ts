import { type MessageVariable, phrase } from './variable.ts';

/** What to type, about this release, as each platform spells it. */
export const COMMAND_VARIABLES: Record<string, MessageVariable> = {
  'command.show': typed('to see the release', 'release', { subcommand: 'show' }),
  'command.schedule': typed('to see every message', 'release', { subcommand: 'schedule' }),
  'command.status': typed('to see the rollout', 'release', { subcommand: 'status' }),
  'command.askGoNoGo': typed('to ask for the decision', 'release', { subcommand: 'go-no-go' }),
  'command.cancel': typed('to cancel the release', 'release', { subcommand: 'cancel' }),
  'command.promote': typed('to promote the release', 'promote'),
  'command.rollback': typed('to roll the release back', 'rollback'),
  'command.recordDeployed': typed('to record that it was deployed without tminus', 'release', {
    subcommand: 'record',
    after: 'deployed 100%',
  }),
  'command.recordRolledBack': typed('to record that it was rolled back without tminus', 'release', {
    subcommand: 'record',
    after: 'rolled back',
  }),
};

function typed(
  purpose: string,
  command: string,
  { subcommand, after }: { subcommand?: string; after?: string } = {},
): MessageVariable {
  return phrase(`what to type ${purpose}`, ({ release }) => {
    const args = [subcommand, release, after].filter((word) => word !== undefined).join(' ');
    return { type: 'command', command, args };
  });
}
