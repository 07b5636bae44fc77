/** What a reader did to a card, so that it is still there when the app replaces the card: Teams would lose it. */
import { type Action, type AdaptiveCard, ShowCardAction, ToggleVisibilityAction } from 'adaptivecards';

export interface KeptState {
  /** Where the focus was: the `data-testid` or the text of the element. */
  focus: string | undefined;
  /** Titles of the `Action.ShowCard`s that are open. */
  open: Set<string>;
  /** Elements that a button can show or hide, by id. */
  visible: Map<string, boolean>;
}

export function stateOf(card: AdaptiveCard): KeptState {
  const actions = card.getAllActions();
  const targets = actions.flatMap((action) =>
    action instanceof ToggleVisibilityAction ? Object.keys(action.targetElements) : [],
  );
  return {
    focus: focusIn(card.renderedElement),
    open: new Set(actions.filter(isOpen).map(({ title = '' }) => title)),
    visible: new Map(targets.map((id) => [id, card.getElementById(id)?.isVisible ?? true])),
  };
}

/** What is typed in a card's inputs, by their ids; only what differs from the card as it came. */
export function typedIn(card: AdaptiveCard): [string, string][] {
  const dirty = card.getAllInputs().filter((input) => input.id && input.isDirty());
  return dirty.map((input) => [input.id ?? '', String(input.value ?? '')]);
}

/** Opens and shows in the new card what was open and shown in the old one. */
export function giveState(card: AdaptiveCard, { open, visible }: KeptState): void {
  for (const action of card.getAllActions()) {
    if (action instanceof ShowCardAction && open.has(action.title ?? '') && !isOpen(action)) action.execute();
  }
  for (const [id, isVisible] of visible) {
    const element = card.getElementById(id);
    if (element) element.isVisible = isVisible;
  }
}

/** Puts the focus where it was; on the whole card when that place is gone. */
export function giveFocus(root: HTMLElement, focus: string): void {
  const places = [
    ...root.querySelectorAll<HTMLElement>('button, input, select, textarea, a, [role="button"]'),
  ];
  const same = places.find((place) => nameOf(place) === focus);
  (same ?? root).focus();
}

const isOpen = (action: Action) =>
  action instanceof ShowCardAction && action.renderedElement?.getAttribute('aria-expanded') === 'true';

function focusIn(root: HTMLElement | undefined): string | undefined {
  const focused = document.activeElement;
  return focused && root?.contains(focused) ? nameOf(focused) : undefined;
}

const nameOf = (element: Element) => element.getAttribute('data-testid') ?? element.textContent ?? '';
