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
  const threadTs = typed.threadTs ?? typed.ts;
  for (const deadline = Date.now() + withinMs; Date.now() < deadline; await pause(100)) {
    const thread = await control.messages(typed.channel, { threadTs });
    const answer = thread.find(({ ts, user }) => Number(ts) > Number(typed.ts) && user !== typed.user);
    if (answer) return answer;
  }
  return undefined;
}
