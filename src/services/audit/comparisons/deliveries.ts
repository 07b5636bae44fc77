import { and, eq, inArray, ne } from 'drizzle-orm';
import { wordingHash } from '../../../core/approval/proposal.ts';
import { textOf } from '../../../core/audit/read-details.ts';
import { deliveries } from '../../../db/schema/outbox.ts';
import { copySubject } from '../../subscriptions/copies.ts';
import type { TrailComparison } from './comparison.ts';

const ended = /^delivery\.(failed|unknown)$/;

/**
 * Messages that were given up or of which nobody knows whether they arrived, as they are until somebody settles them.
 * That one arrived is in no event: they are too many.
 */
export const deliveryComparison: TrailComparison = {
  what: 'the delivery',
  apply: (things, { action, subject, details }) => {
    if (subject === undefined) return [];
    const [, state] = ended.exec(action) ?? [];
    if (state !== undefined) things.set(subject, { state, error: textOf(details.reason) });
    // One that is sent again may be anything by now.
    else if (action === 'delivery.settled' && details.arrived === false) things.delete(subject);
    else if (action === 'delivery.settled') things.set(subject, { state: 'sent' });
    else return [];
    return [subject];
  },
  rows: async (db, releaseId) => {
    const rows = await db.select().from(deliveries).where(eq(deliveries.releaseId, releaseId));
    return new Map(rows.map(({ id, state, error }) => [id, { state, error }]));
  },
  knowsAll: false,
  mayBeGone: (events) => events.some(({ action }) => action === 'release.pruned'),
};

/** What customers were sent is what was approved: the wording that the trail names by its hash. */
export const wordingComparison: TrailComparison = {
  what: 'what customers read of the message',
  apply: (things, { action, subject, details }) => {
    const wording = textOf(details.wording);
    if (action !== 'communication.sent' || subject === undefined || wording === undefined) return [];
    things.set(subject, { wording: [wording] });
    return [subject];
  },
  rows: async (db, releaseId) => {
    const { communicationId, content } = deliveries;
    const isOut = inArray(deliveries.state, ['pending', 'sending', 'sent']);
    // A copy also says why somebody gets it.
    const rows = await db
      .select({ communicationId, content })
      .from(deliveries)
      .where(and(eq(deliveries.releaseId, releaseId), isOut, ne(deliveries.subject, copySubject)));
    const said = new Map<string, { wording: string[] }>();
    for (const { communicationId: id, content: card } of rows) {
      if (id === null || card === null) continue;
      const wording = [...new Set([...(said.get(id)?.wording ?? []), wordingHash(card)])];
      said.set(id, { wording });
    }
    return said;
  },
  knowsAll: false,
  // Nothing is left of one whose messages were all given up, or that went nowhere.
  mayBeGone: () => true,
};
