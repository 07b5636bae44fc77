import { type Destination, isAmong } from '../../core/address/destination.ts';
import { type Card, command, note } from '../../core/card/card.ts';
import { line } from '../../core/card/line.ts';
import type { StatedFacts } from '../../core/facts/facts.ts';
import type { ReachedAccount } from '../../core/people/identity.ts';
import type { Audience } from '../../core/plan/audiences.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { loadSubscribed } from '../../db/queries/subscriptions.ts';
import { groupBy } from '../../lib/group-by.ts';
import { insertDelivery } from '../kernel/effects.ts';
import { directMessageTo } from '../kernel/person-destination.ts';
import type { Scope } from '../kernel/scope.ts';

/** What somebody's own copy is called in the outbox. */
export const copySubject = 'subscribed-copy';

/** Sends everybody who subscribed to it a copy of what went to an audience; `to`: who has it already. */
export async function deliverCopies(
  scope: Scope,
  release: Release,
  message: {
    communicationId: string;
    audience: Audience;
    content: Card;
    /** The facts that it gives. */
    states?: StatedFacts | undefined;
    to: readonly Destination[];
  },
): Promise<void> {
  const { communicationId, audience, states, to } = message;
  const places = await placesOfSubscribers(scope, release, (wanted) => wanted === audience);
  const content = withReason(message.content);
  for (const destination of places.filter((one) => !isAmong(one, to))) {
    const row = { releaseId: release.id, communicationId, destination, subject: copySubject };
    await insertDelivery(scope, { ...row, content, states });
  }
}

/**
 * The direct messages of everybody who subscribed to the release's product, each person once. What an operator has
 * closed is nobody's any more.
 */
export async function placesOfSubscribers(
  { tx, ctx }: Scope,
  release: Release,
  isWanted: (audience: Audience) => boolean,
): Promise<Destination[]> {
  const open = ctx.subscriptions.audiences.filter(isWanted);
  if (open.length === 0) return [];
  const rows = await loadSubscribed(tx, release.plan.product);
  const wanted = rows.filter(({ audience }) => audience === null || open.includes(audience));
  return [...groupBy(wanted, ({ personId }) => personId).values()].flatMap((ofOne) =>
    directMessageTo({ identities: ofOne.map(accountOf) }, { release }),
  );
}

type Row = Awaited<ReturnType<typeof loadSubscribed>>[number];

function accountOf({ platform, platformId: id, isPreferred, unreachableSince }: Row): ReachedAccount {
  return {
    platform,
    id,
    ...(isPreferred ? { isPreferred: true } : {}),
    ...(unreachableSince === null ? {} : { isUnreachable: true }),
  };
}

function withReason(card: Card): Card {
  const reason = line`You get this because you subscribed. To stop, use ${command('release', 'unsubscribe')}.`;
  return { ...card, blocks: [...card.blocks.filter(({ type }) => type !== 'actions'), note(reason)] };
}
