import type { SlackEventMiddlewareArgs } from '@slack/bolt';
import { openHome } from '../../../services/home/open-home.ts';
import { OtherWorkspaceError } from '../../requests/ctx-of-request.ts';
import { ctxOf, type ListenerContext } from './listener-context.ts';

/** Publishes the home of somebody who looks at it. */
export function onHomeOpened(context: ListenerContext) {
  return async ({ event, body }: SlackEventMiddlewareArgs<'app_home_opened'>): Promise<void> => {
    if (event.tab !== 'home') return;
    const { user: userId } = event;
    const identity = { userId, userName: userId, teamId: body.team_id, requestId: body.event_id };
    try {
      await openHome({
        ctx: await ctxOf(context, identity),
        input: { identity: { platform: 'slack', id: userId } },
      });
    } catch (error) {
      if (!(error instanceof OtherWorkspaceError)) throw error;
      context.services.log.warn({ note: 'a home was opened in another workspace' }, 'a request was refused');
    }
  };
}
