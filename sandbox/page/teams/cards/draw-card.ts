/** Microsoft's renderer, set up as Teams sets it up. */
import {
  type Action,
  AdaptiveCard,
  type CardElement,
  ExecuteAction,
  GlobalSettings,
  OpenUrlAction,
  SerializationContext,
  SubmitAction,
  ToggleVisibilityAction,
  Versions,
} from 'adaptivecards';
import { actName, buttonsIn } from './card-acts.ts';
import { teamsHostConfig } from './host-config.ts';
import { cardHtml } from './markdown.ts';
import type { Json } from './prepare-card.ts';

// A card is no stop of the Tab key; what can be used in it is.
GlobalSettings.setTabIndexAtCardRoot = false;

AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = cardHtml(text);
  result.didProcess = true;
};

const PREFIX = 'button-';

/** A prepared card, drawn. `onPress` gets the place of a button among `buttonsIn`. */
export function drawCard(prepared: Json, onPress: (place: number, action: Action) => void): AdaptiveCard {
  const buttons = buttonsIn(prepared);
  const names = buttons.map(actName);
  for (const [place, button] of buttons.entries()) button.id = PREFIX + place;
  const card = new AdaptiveCard();
  card.hostConfig = teamsHostConfig;
  // Teams knows cards up to this version.
  card.parse(prepared, new SerializationContext(Versions.v1_5));
  card.onExecuteAction = (action) => {
    if (action instanceof OpenUrlAction) openPage(action.url);
    else if (action instanceof ToggleVisibilityAction) queueMicrotask(() => showTargets(card, action));
    else if (asks(action)) onPress(placeOf(action), action);
  };
  const markParts = () => {
    for (const action of card.getAllActions()) {
      if (asks(action)) mark(action.renderedElement, `action-${names[placeOf(action)]}`);
    }
    for (const input of card.getAllInputs()) {
      mark(input.renderedElement?.querySelector('input, select, textarea'), `input-${input.id}`);
    }
  };
  card.render();
  markParts();
  // A card within a card is drawn when it is opened.
  card.onInlineCardExpanded = (action, isExpanded) => {
    markParts();
    if (isExpanded) bringIntoView(action.card.renderedElement);
  };
  card.onElementVisibilityChanged = (element) => queueMicrotask(() => sayOnButton(card, element));
  return card;
}

/** What unfolds below the edge of the page would not be noticed. */
function showTargets(card: AdaptiveCard, { targetElements }: ToggleVisibilityAction): void {
  for (const id of Object.keys(targetElements)) {
    const target = card.getElementById(id);
    if (target?.isVisible) bringIntoView(target.renderedElement);
  }
}

function bringIntoView(element: Element | undefined): void {
  element?.scrollIntoView({ block: 'nearest' });
}

/** The renderer says of what is shown or hidden that it is expanded. That is for the button to say. */
function sayOnButton(card: AdaptiveCard, { id = '', isVisible, renderedElement }: CardElement): void {
  renderedElement?.removeAttribute('aria-expanded');
  for (const action of card.getAllActions()) {
    if (action instanceof ToggleVisibilityAction && id in action.targetElements) {
      action.renderedElement?.setAttribute('aria-expanded', String(isVisible));
    }
  }
}

/** Whether an action asks something of the app. */
const asks = (action: Action) => action instanceof ExecuteAction || action instanceof SubmitAction;

const placeOf = ({ id }: Action) => Number(id?.slice(PREFIX.length));

function openPage(url: string | undefined): void {
  if (url && /^(https?|mailto):/.test(url)) window.open(url, '_blank', 'noreferrer');
}

function mark(element: Element | null | undefined, name: string): void {
  element?.setAttribute('data-testid', name);
}
