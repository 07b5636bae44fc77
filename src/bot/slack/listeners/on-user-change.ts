import type { SlackEventMiddlewareArgs } from '@slack/bolt';
import { recordAbsentHolder } from '../../../services/absence/note-absent-holders.ts';
import { asSystem } from '../../../services/kernel/context.ts';
import type { ListenerContext } from './listener-context.ts';

/** Somebody's account was deactivated: whoever leads their releases is asked for a successor. Whatever else changed is no news. */
export function onUserChange({ services, teamId }: ListenerContext) {
  return async ({ event, body }: SlackEventMiddlewareArgs<'user_change'>): Promise<void> => {
    const { id, deleted } = event.user;
    if (!deleted || body.team_id !== teamId) return;
    await recordAbsentHolder({ ctx: asSystem(services, 'directory'), input: { platform: 'slack', id } });
  };
}
