import type { Message } from '../control-api.ts';
import type { ControlClient } from '../control-client.ts';

/** What stands in a channel and in its threads, oldest first. */
export async function messagesWithReplies(
  control: Pick<ControlClient, 'messages'>,
  channel: string,
): Promise<Message[]> {
  const messages = await control.messages(channel);
  const threads = await Promise.all(
    messages
      .filter(({ replyCount }) => replyCount > 0)
      .map(async ({ ts }) => (await control.messages(channel, { threadTs: ts })).slice(1)),
  );
  return [...messages, ...threads.flat()].sort((one, other) => Number(one.ts) - Number(other.ts));
}
