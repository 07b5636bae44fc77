import type { App } from '@slack/bolt';
import { openHome } from '../../../services/home/open-home.ts';
import { registerButtons } from './buttons.ts';
import { promoteCommand } from './commands/promote-command.ts';
import { releaseCommand } from './commands/release-command.ts';
import { rollbackCommand } from './commands/rollback-command.ts';
import { ctxOf, type ListenerContext } from './listener-context.ts';
import { onCommands } from './on-command.ts';
import { registerWindows } from './windows.ts';

/** Connects everything that a person can do in Slack with its handler. */
export function registerListeners(app: App, context: ListenerContext): void {
  onCommands(app, context, {
    '/release': releaseCommand(context),
    '/promote': promoteCommand,
    '/rollback': rollbackCommand(context),
  });
  registerButtons(app, context);
  registerWindows(app, context);
  app.event('app_home_opened', async ({ event, body }) => {
    if (event.tab !== 'home') return;
    const identity = { userId: event.user, userName: event.user, teamId: body.team_id, actId: body.event_id };
    if (body.team_id !== context.teamId) {
      context.services.log.warn({ note: 'a home was opened in another workspace' }, 'an act was refused');
      return;
    }
    await openHome({ ctx: ctxOf(context, identity), input: { personId: event.user } });
  });
}
