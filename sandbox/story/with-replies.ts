import type { Message } from '../control-api.ts';
import type { ControlClient } from '../control-client.ts';

/**
 * What stands in a channel and in its threads, oldest first. Threads below what `author` did not write are left out:
 * on a platform where commands are messages, they hold the answers.
 */
export async function messagesWithReplies(
  control: Pick<ControlClient, 'messages'>,
  channel: string,
  author?: string,
): Promise<Message[]> {
  const messages = await control.messages(channel);
  const threads = await Promise.all(
    messages
      .filter(({ replyCount, user }) => replyCount > 0 && (author === undefined || user === author))
      .map(async ({ ts }) => (await control.messages(channel, { threadTs: ts })).slice(1)),
  );
  return [...messages, ...threads.flat()].sort((one, other) => Number(one.ts) - Number(other.ts));
}
