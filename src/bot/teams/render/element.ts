/** An element, an action or an input of an Adaptive Card, as JSON. */
export interface Element {
  type: string;
  [property: string]: unknown;
}

export interface AdaptiveCard {
  type: 'AdaptiveCard';
  $schema: string;
  version: string;
  body: Element[];
  [property: string]: unknown;
}

/** The newest version that Teams takes of a bot. */
const version = '1.5';

/** Across the whole message, as far as there is room. */
export function adaptiveCard(body: Element[], entities: readonly object[] = []): AdaptiveCard {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version,
    body,
    msteams: { width: 'Full', ...(entities.length > 0 ? { entities } : {}) },
  };
}
