import { setTimeout as pause } from 'node:timers/promises';
import type { ActionResult, Message } from '../control-api.ts';
import type { ControlClient } from '../control-client.ts';

/** In Teams an answer is a message of its own, which comes when it comes; real milliseconds. */
const withinMs = 10_000;

/** What the bot said to a command: on Slack with the acknowledgement or not at all, in Teams below what was typed. */
export async function waitForAnswer(
  control: ControlClient,
  { status, message, typed }: ActionResult,
): Promise<Message | undefined> {
  if (message || !typed || status !== 'acknowledged') return message;
  // In a chat the answer stands by itself, in a channel below what was typed.
  const isChat = (await control.direct(typed.user)) === typed.channel;
  const query = isChat ? { person: typed.user } : { threadTs: typed.threadTs ?? typed.ts };
  for (const deadline = Date.now() + withinMs; Date.now() < deadline; await pause(100)) {
    const around = await control.messages(typed.channel, query);
    const answer = around.find(({ ts, user }) => Number(ts) > Number(typed.ts) && user !== typed.user);
    if (answer) return answer;
  }
  return undefined;
}
