import { readFileSync } from 'node:fs';
import { readMember, writeMember } from '../../core/address/list-member.ts';
import { createLimit } from '../../lib/create-limit.ts';
import { errorMessage } from '../../lib/error-message.ts';
import type { MessageChannel, SendOutcome } from '../../services/ports/message-channel.ts';
import { compose, messageIdOf } from './compose.ts';
import { readMailbox } from './mailbox.ts';
import { listOf, recipientOf } from './recipient.ts';
import type { EmailSettings } from './schema.ts';
import { checkServer, sendMail } from './send-mail.ts';

/**
 * Sends e-mail, one message to one recipient. What it has sent it can neither edit nor find again.
 * @throws Error when the file of the authority can't be read.
 */
export function createEmail(settings: EmailSettings): MessageChannel {
  const { caFile } = settings.server;
  const ca = caFile === undefined ? undefined : readFileSync(caFile, 'utf8');
  const limit = createLimit(settings.connections);
  return {
    post: async ({ destination, card, deliveryId, unsubscribeUrl, isStillOurs }): Promise<SendOutcome> => {
      const recipient = recipientOf(settings, destination.id);
      if (typeof recipient === 'string') return { result: 'closed', code: 'no-recipient', detail: recipient };
      let message: Buffer;
      try {
        message = await compose(settings, { recipient, card, deliveryId, unsubscribeUrl });
      } catch (error) {
        return { result: 'refused', code: 'not-composed', detail: errorMessage(error) };
      }
      const envelope = { from: readMailbox(settings.from).address, to: recipient.address, message };
      const sent = await limit(() =>
        sendMail(settings, { envelope, ca, isStillOurs: isStillOurs ?? (async () => true) }),
      );
      if (sent.result !== 'sent') return recipient.list ? withoutAddress(sent, recipient.address) : sent;
      return { ...sent, messageId: messageIdOf(settings, deliveryId), channelId: recipient.address };
    },
    checkAccess: () => checkServer(settings, ca),
    problemOf: (id) => {
      if (listOf(settings, id)) return null;
      if (readMember(id)) return `"${id}" is one recipient of a list; name the list, or the address alone.`;
      const recipient = recipientOf(settings, id);
      return typeof recipient === 'string' ? recipient : null;
    },
    membersOf: (id) => {
      const list = listOf(settings, id);
      return list ? list.addresses.map((address) => writeMember({ list: id, address })) : null;
    },
    limits: { buttons: false },
    pace: { postIntervalMs: 0, editIntervalMs: 0 },
  };
}

/** A server repeats to whom a message was to go. What is known of a failure is shown and recorded; an address on a list is not. */
function withoutAddress<Failure extends Exclude<SendOutcome, { result: 'sent' }>>(
  failure: Failure,
  address: string,
): Failure {
  if (!('detail' in failure)) return failure;
  const written = new RegExp(address.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'gi');
  return { ...failure, detail: failure.detail.replace(written, 'the recipient') };
}
