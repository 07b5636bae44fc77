import { readMember, writeMember } from '../../src/core/address/list-member.ts';
import type { Card } from '../../src/core/card/card.ts';
import type { JobServices } from '../../src/jobs/job-services.ts';
import type { Ctx, OpenSubscriptions } from '../../src/services/kernel/context.ts';
import type { MessageChannel, SendOutcome } from '../../src/services/ports/message-channel.ts';
import type { PersonName, World } from './test-services.ts';

/** One message as somebody's mailbox has it. */
export interface Letter {
  to: string;
  list: string | null;
  card: Card;
  unsubscribeUrl: string | undefined;
}

export interface MemoryMail extends MessageChannel {
  letters: Letter[];
  /** What comes of the next posts instead. */
  mishaps: Exclude<SendOutcome, { result: 'sent' }>[];
}

/** A notifier with lists in memory, which sends as e-mail does. */
export function createMemoryMail(lists: Readonly<Record<string, readonly string[]>>): MemoryMail {
  const mail: MemoryMail = {
    letters: [],
    mishaps: [],
    post: async ({ destination: { id }, card, deliveryId, unsubscribeUrl }) => {
      const mishap = mail.mishaps.shift();
      if (mishap) return mishap;
      const member = readMember(id);
      mail.letters.push({ to: member?.address ?? id, list: member?.list ?? null, card, unsubscribeUrl });
      return { result: 'sent', messageId: deliveryId, channelId: id };
    },
    problemOf: (id) => (id.includes('@') || Object.hasOwn(lists, id) ? null : `There is no list "${id}".`),
    membersOf: (id) =>
      Object.hasOwn(lists, id)
        ? (lists[id] ?? []).map((address) => writeMember({ list: id, address }))
        : null,
    limits: { buttons: false },
    pace: { postIntervalMs: 0, editIntervalMs: 0 },
  };
  return mail;
}

export const links = { publicUrl: 'https://releases.example', secret: 'x'.repeat(32) };

/** A world in which `email` is a notifier, and something may be subscribed to. */
export function withMail(world: World, mail: MessageChannel, open: Partial<OpenSubscriptions> = {}) {
  const channels = new Map([...world.services.channels, ['email', mail]]);
  const subscriptions: OpenSubscriptions = { audiences: [], lists: [], links, ...open };
  const jobs: JobServices = { ...world.jobs, channels, subscriptions };
  const services = { ...world.services, channels, subscriptions };
  const as = (person: PersonName): Ctx => ({ ...world.as(person), channels, subscriptions });
  return { jobs, services, as };
}
