import type { ActionsBlock, ConfirmationDialog, PlainTextElement, Button as SlackButton } from '@slack/types';
import type { Button, Confirmation } from '../../../core/card/card.ts';
import { literalLine } from '../../text/literal.ts';
import { slackLimits } from './limits.ts';

/** Rows of buttons, and the labels of those that Slack could not carry. */
export interface RenderedActions {
  rows: ActionsBlock[];
  omitted: string[];
}

/** What tells the buttons of one action in a row apart; what an action's own name never ends in. */
const copyMark = /#\d+$/;

/** The action that a button asks for, by the id that it has in Slack. */
export function actionOf(actionId: string): string {
  return actionId.replace(copyMark, '');
}

/**
 * Puts buttons into as few rows as Slack allows: at most 25 in one. A value that is too long can't be cut without
 * changing what the button asks for, so that button is omitted.
 */
export function renderActions(buttons: Button[]): RenderedActions {
  const rows: ActionsBlock[] = [];
  const omitted: string[] = [];
  for (const button of buttons) {
    if (!isCarriable(button)) omitted.push(labelOf(button));
    else addToRow(rows, renderButton(button));
  }
  return { rows, omitted };
}

function isCarriable(button: Button): boolean {
  const { length } = button.action;
  const room = slackLimits.identifier - '#25'.length;
  return button.value.length <= slackLimits.buttonValue && length > 0 && length <= room;
}

/** Slack takes no id twice in a row, so the second button of an action has one of its own. */
function addToRow(rows: ActionsBlock[], button: SlackButton): void {
  const row = rows.at(-1);
  if (row === undefined || row.elements.length >= slackLimits.actionsElements) {
    rows.push({ type: 'actions', elements: [button] });
    return;
  }
  const action = button.action_id ?? '';
  const same = row.elements.filter(({ action_id }) => actionOf(action_id ?? '') === action).length;
  row.elements.push(same === 0 ? button : { ...button, action_id: `${action}#${same + 1}` });
}

function renderButton(button: Button): SlackButton {
  return {
    type: 'button',
    action_id: button.action,
    text: plain(labelOf(button)),
    ...(button.value === '' ? {} : { value: button.value }),
    ...(button.style === undefined ? {} : { style: button.style }),
    ...(button.confirm === undefined ? {} : { confirm: renderConfirmation(button.confirm, labelOf(button)) }),
  };
}

/** What would show nothing is the button's label again: a question that Slack refuses would take the button along. */
function renderConfirmation(asked: Confirmation, label: string): ConfirmationDialog {
  const line = (text: string, max: number, otherwise = label) =>
    plain(literalLine(text, max) || literalLine(otherwise, max));
  return {
    title: line(asked.title, slackLimits.confirmTitle),
    text: line(asked.text, slackLimits.confirmText),
    confirm: line(asked.confirm, slackLimits.confirmLabel),
    deny: line(asked.deny, slackLimits.confirmLabel, 'Cancel'),
  };
}

function plain(text: string): PlainTextElement {
  return { type: 'plain_text', text, emoji: false };
}

function labelOf(button: Button): string {
  const [label, action] = [button.label, button.action].map((text) =>
    literalLine(text, slackLimits.buttonText),
  );
  return label || action || 'Button';
}
