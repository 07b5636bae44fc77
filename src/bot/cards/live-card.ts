import type { Destination } from '../../core/address/destination.ts';
import type { Card } from '../../core/card/card.ts';
import type { Freeze } from '../../core/freeze/freeze.ts';
import type { Queries } from '../../db/transaction.ts';

/** A message that is edited in place so that it always shows the present state: a folder beside this file. */
export interface LiveCard {
  /** The kind in the row of the card. */
  name: string;
  /** The card as it has to be at `now` (epoch ms of the release's clock); null when its subject is gone. */
  render(request: {
    db: Queries;
    card: LiveCardRow;
    now: number;
    /** Whether traffic can be changed: by the name of the driver that a plan gives. */
    hasDriver: (name: string) => boolean;
    /** The freezes of the configuration. */
    freezes: readonly Freeze[];
    /** Whether whoever has a home may plan releases. */
    isCreator: (home: Destination) => Promise<boolean>;
  }): Promise<Card | null>;
}

/** What is known of one live card. */
export interface LiveCardRow {
  kind: string;
  /** What it is about, such as the id of a poll. */
  subjectId: string;
  destination: Destination;
  /** Since when the plan names other places for it: it only says which. */
  leftSince?: Date | null;
  /** For which person it is drawn, where a platform shows each reader a card of their own; else it is everybody's. */
  reader?: string;
}
