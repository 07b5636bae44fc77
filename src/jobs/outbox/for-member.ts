import { memberAt } from '../../core/address/list-member.ts';
import type { Card } from '../../core/card/card.ts';
import { findSubscriber } from '../../db/queries/subscribers.ts';
import { confirmationSubject } from '../../services/kernel/confirmation.ts';
import { confirmUrl, unsubscribeUrl } from '../../services/kernel/subscription-links.ts';
import type { JobServices } from '../job-services.ts';
import type { ClaimedDelivery } from './claim-delivery.ts';

/** What a message to one recipient of a list has besides its words. Links are made as it is sent, and kept nowhere. */
export type ForMember =
  | { mayBeSent: false }
  | { mayBeSent: true; unsubscribeUrl?: string; withLinks: (card: Card) => Card };

const asItIs: ForMember & { mayBeSent: true } = { mayBeSent: true, withLinks: (card) => card };

/** Whoever has left a list since the message was written does not get it. */
export async function forMember(
  { db, channels, subscriptions }: Pick<JobServices, 'db' | 'channels' | 'subscriptions'>,
  { destination, subject }: Pick<ClaimedDelivery, 'destination' | 'subject'>,
): Promise<ForMember> {
  const { channel } = destination;
  const member = channels.get(channel)?.membersOf ? memberAt(destination) : null;
  if (!member) return asItIs;
  const subscriber = await findSubscriber(db, { channel, ...member });
  const { links } = subscriptions;
  if (subject === confirmationSubject) {
    if (subscriber?.state !== 'pending' || !links) return { mayBeSent: false };
    const askedAt = subscriber.askedAt?.getTime() ?? 0;
    const url = confirmUrl(links, { subscriberId: subscriber.id, askedAt });
    return { mayBeSent: true, withLinks: (card) => withLink(card, { label: 'Confirm my address', url }) };
  }
  if (subscriber?.state !== 'subscribed') return { mayBeSent: false };
  return links ? { ...asItIs, unsubscribeUrl: unsubscribeUrl(links, subscriber.id) } : asItIs;
}

/** Above the small print. */
function withLink(card: Card, link: { label: string; url: string }): Card {
  const at = card.blocks.findIndex(({ type }) => type === 'note');
  const place = at < 0 ? card.blocks.length : at;
  return { ...card, blocks: card.blocks.toSpliced(place, 0, { type: 'links', links: [link] }) };
}
