import type { Card } from '../../../core/card/card.ts';
import { readConversationId } from '../client/conversation-id.ts';
import type { Asked, TeamsContext } from './teams-context.ts';

/**
 * Answers one person: in their chat with tminus, or else below the message where they acted. True when they were
 * answered, or may have been: then it is not said twice. Never throws.
 */
export async function answerPrivately(
  { platform, services }: TeamsContext,
  { userId, conversationId, replyToId }: Asked,
  card: Card,
): Promise<boolean> {
  const deliveryId = services.newId();
  const inChat = await platform.post({
    destination: { channel: 'teams', kind: 'person', id: userId },
    card,
    deliveryId,
  });
  if (inChat.result === 'sent' || inChat.result === 'unknown') return true;
  const { channelId, rootId } = readConversationId(conversationId);
  const messageId = rootId ?? replyToId;
  const inChannel =
    messageId === null
      ? inChat
      : await platform.post({
          destination: { channel: 'teams', kind: 'channel', id: channelId },
          replyTo: { channelId, messageId },
          card,
          deliveryId,
        });
  if (inChannel.result === 'sent' || inChannel.result === 'unknown') return true;
  services.log.warn({ note: inChannel.result }, 'a private answer could not be shown');
  return false;
}
