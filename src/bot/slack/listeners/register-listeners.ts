import type { App, BlockAction, MessageShortcut } from '@slack/bolt';
import type { ListenerContext } from './listener-context.ts';
import { onAction } from './on-action.ts';
import { onCommand } from './on-command.ts';
import { onForm } from './on-form.ts';
import { onHomeOpened } from './on-home-opened.ts';
import { onDirectMessage, onMention } from './on-message.ts';
import { onShortcut } from './on-shortcut.ts';
import { onUserChange } from './on-user-change.ts';

/** Connects everything that a person can do in Slack. Which action, command or form is meant is looked up behind these. */
export function registerListeners(app: App, context: ListenerContext): void {
  app.command(/.*/, onCommand(context));
  app.action<BlockAction>({ type: 'block_actions' }, onAction(context));
  app.view({ type: 'view_submission' }, onForm(context));
  app.shortcut<MessageShortcut>({ type: 'message_action' }, onShortcut(context));
  app.event('app_home_opened', onHomeOpened(context));
  app.event('message', onDirectMessage(context));
  app.event('app_mention', onMention(context));
  app.event('user_change', onUserChange(context));
}
