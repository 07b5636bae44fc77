import { encode, signature } from '../sandbox/workspace/delivery/http-delivery.ts';
import * as payloads from '../sandbox/workspace/payloads.ts';
import { defaultSeed as seed } from '../sandbox/workspace/seed.ts';
import type { StoredEnvelope } from '../sandbox/workspace/stored.ts';

export const signingSecret = 'bench-signing-secret';

/** What is sent to an app, before it is put into a form or a frame. */
export type Envelope = Pick<StoredEnvelope, 'kind' | 'payload'>;

let triggers = 0;

/** A slash command of the release manager of every release of the benchmark, each with a trigger of its own. */
export function commandPayload(command: string, text: string): Envelope {
  const payload = payloads.commandPayload({
    seed,
    person: { id: 'U0RITA', name: 'rita' },
    conversation: { id: 'C0RELEASE', name: 'release-deployment' },
    command,
    text,
    responseUrl: 'http://127.0.0.1:9/commands/unused',
    triggerId: nextTrigger(),
  });
  return { kind: 'slash_commands', payload };
}

/** A click on the go button of a ballot, with a trigger of its own. */
export function votePayload({ userId, pollId }: { userId: string; pollId: string }): Envelope {
  const payload = {
    type: 'block_actions',
    ...payloads.interactionBase(seed, { id: userId, name: userId.toLowerCase() }),
    container: { type: 'message', message_ts: '1700000000.000001', channel_id: `D${userId}` },
    trigger_id: nextTrigger(),
    channel: { id: `D${userId}`, name: 'directmessage' },
    message: { type: 'message', ts: '1700000000.000001', blocks: [] },
    state: { values: {} },
    response_url: 'http://127.0.0.1:9/actions/unused',
    actions: [
      {
        type: 'button',
        action_id: 'vote-go',
        block_id: 'ballot',
        text: { type: 'plain_text', text: 'Go' },
        value: JSON.stringify({ pollId }),
        action_ts: '1700000000.000002',
      },
    ],
  };
  return { kind: 'interactive', payload };
}

function nextTrigger(): string {
  triggers += 1;
  return `${process.pid}.${Date.now()}.${triggers}`;
}

/** The same as a signed request's headers and body. */
export function signedForm(envelope: Envelope): { headers: Record<string, string>; body: string } {
  const { contentType, body } = encode(envelope);
  const headers = { 'content-type': contentType, ...signature({ signingSecret, wall: Date.now }, body) };
  return { headers, body };
}
