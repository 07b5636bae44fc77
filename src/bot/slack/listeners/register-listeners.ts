import type { App, SlackEventMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { openHome } from '../../../services/home/open-home.ts';
import type { ButtonPress } from './button-listener.ts';
import { createButtons } from './buttons.ts';
import { createCommandListener } from './command-listener.ts';
import { promoteCommand } from './commands/promote-command.ts';
import { releaseCommand } from './commands/release-command.ts';
import { rollbackCommand } from './commands/rollback-command.ts';
import { ctxOf, type ListenerContext, OtherWorkspaceError } from './listener-context.ts';
import { createModals } from './modals.ts';

/**
 * Connects everything that a person can do in Slack with its handler. One middleware tells the kinds apart,
 * since Bolt would take every request through the listeners of all kinds, at several times the cost.
 */
export function registerListeners(app: App, context: ListenerContext): void {
  const onCommand = createCommandListener(context, {
    '/release': releaseCommand(context),
    '/promote': promoteCommand,
    '/rollback': rollbackCommand(context),
  });
  const onButton = createButtons(context);
  const onSubmit = createModals(context);
  app.use((args) => {
    if ('command' in args) return onCommand(args);
    if (isPress(args)) return onButton(args);
    if (isSubmission(args)) return onSubmit(args);
    if (isHomeOpened(args)) return onHomeOpened(context, args);
    return args.next();
  });
}

function isPress(args: { body: object }): args is ButtonPress {
  return 'action' in args && args.action !== undefined && hasType(args.body, 'block_actions');
}

function isSubmission(args: { body: object }): args is SlackViewMiddlewareArgs<ViewSubmitAction> {
  return 'view' in args && hasType(args.body, 'view_submission');
}

function isHomeOpened(args: object): args is SlackEventMiddlewareArgs<'app_home_opened'> {
  return 'event' in args && hasType(args.event, 'app_home_opened');
}

function hasType(value: unknown, type: string): boolean {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === type;
}

async function onHomeOpened(
  context: ListenerContext,
  { event, body }: SlackEventMiddlewareArgs<'app_home_opened'>,
): Promise<void> {
  if (event.tab !== 'home') return;
  const identity = {
    userId: event.user,
    userName: event.user,
    teamId: body.team_id,
    requestId: body.event_id,
  };
  try {
    await openHome({ ctx: await ctxOf(context, identity), input: { personId: event.user } });
  } catch (error) {
    if (!(error instanceof OtherWorkspaceError)) throw error;
    context.services.log.warn({ note: 'a home was opened in another workspace' }, 'an act was refused');
  }
}
