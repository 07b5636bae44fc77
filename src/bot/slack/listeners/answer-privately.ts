import type { Card } from '../../../core/card/card.ts';
import { describeError } from '../../../lib/describe-error.ts';
import { renderMessage } from '../render/message.ts';
import type { ListenerContext } from './listener-context.ts';

/**
 * Answers one person: in the channel where they acted, or else in their direct messages. True when
 * they were answered. Never throws.
 */
export async function answerPrivately(
  { interactive, services }: ListenerContext,
  { userId, channelId }: { userId: string; channelId: string | null },
  card: Card,
): Promise<boolean> {
  const message = renderMessage(card);
  try {
    if (channelId !== null) {
      await interactive.chat.postEphemeral({ channel: channelId, user: userId, ...message });
      return true;
    }
    const { channel } = await interactive.conversations.open({ users: userId });
    if (!channel?.id) return false;
    await interactive.chat.postMessage({ channel: channel.id, ...message });
    return true;
  } catch (error) {
    services.log.warn({ note: describeError(error) }, 'a private answer could not be shown');
    return false;
  }
}
