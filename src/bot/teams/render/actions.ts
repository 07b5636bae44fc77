import type { Button, Confirmation } from '../../../core/card/card.ts';
import { actions as knownActions } from '../../interactions/registry.ts';
import type { Element } from './element.ts';
import { inertLine } from './escape.ts';
import { teamsLimits } from './limits.ts';

/** What a button brings back. */
export interface PressedButton {
  action: string;
  value: string;
}

/** Buttons as actions of a card, the questions that some ask first, and the labels of those that could not be carried. */
interface RenderedActions {
  actions: Element[];
  /** Hidden until their button is pressed. */
  questions: Element[];
  omitted: string[];
}

const styles = { primary: 'positive', danger: 'destructive' } as const;

/** A value that is too long can't be cut without changing what the button asks for, so that button is omitted. */
export function renderActions(buttons: readonly Button[], nextId: () => string): RenderedActions {
  const rendered: RenderedActions = { actions: [], questions: [], omitted: [] };
  for (const button of buttons) {
    const title = labelOf(button);
    if (button.value.length > teamsLimits.buttonValue || button.action === '') rendered.omitted.push(title);
    else if (button.confirm === undefined) rendered.actions.push(actOf(button, title));
    else {
      const id = nextId();
      rendered.actions.push({ ...toggle(id, title), ...styleOf(button) });
      rendered.questions.push(question(id, button, button.confirm));
    }
  }
  return rendered;
}

/**
 * A button asks the bot, which answers with a card; clients that don't know that send it as a message. What opens a form
 * has to be a plain submission: only that opens a dialog.
 */
function actOf(button: Button, title: string): Element {
  const { action, value } = button;
  const pressed: PressedButton = { action, value };
  const data = { tminus: pressed };
  const style = styleOf(button);
  if (knownActions.find(action)?.opensForm) {
    return {
      type: 'Action.Submit',
      title,
      ...style,
      data: { msteams: { type: 'task/fetch' }, verb: action, ...data },
    };
  }
  const fallback = { type: 'Action.Submit', title, ...style, data };
  return { type: 'Action.Execute', title, ...style, verb: action, data, fallback };
}

/**
 * Adaptive Cards ask no question before an action. The button shows one that is in the card already, in the reader's
 * own view and without asking the bot; either answer, or a new picture of the card, hides it again.
 */
function question(id: string, button: Button, { title, text, confirm, deny }: Confirmation): Element {
  const label = labelOf(button);
  const line = (raw: string) => inertLine(raw, teamsLimits.headerText) || label;
  const run = (raw: string, style: object) => ({
    type: 'RichTextBlock',
    inlines: [{ type: 'TextRun', text: line(raw), ...style }],
  });
  return {
    type: 'Container',
    id,
    isVisible: false,
    style: 'emphasis',
    items: [
      run(title, { weight: 'Bolder' }),
      run(text, {}),
      {
        type: 'ActionSet',
        actions: [
          actOf(button, inertLine(confirm, teamsLimits.buttonText) || label),
          toggle(id, inertLine(deny, teamsLimits.buttonText) || 'Cancel'),
        ],
      },
    ],
  };
}

function toggle(id: string, title: string): Element {
  return { type: 'Action.ToggleVisibility', title, targetElements: [id] };
}

function styleOf({ style }: Button): { style?: string } {
  return style === undefined ? {} : { style: styles[style] };
}

function labelOf({ label, action }: Button): string {
  const [shown, name] = [label, action].map((raw) => inertLine(raw, teamsLimits.buttonText));
  return shown || name || 'Button';
}
