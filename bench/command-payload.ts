import { createHmac } from 'node:crypto';
import { defaultSeed } from '../sandbox/workspace/seed.ts';

/** Who types the commands: the release manager of every release of the benchmark. */
export const typist = 'U0RITA';
export const signingSecret = 'bench-signing-secret';

let requests = 0;

/** A slash command as Slack sends it, each with a trigger of its own. */
export function commandPayload(command: string, text: string): Record<string, string> {
  return {
    token: 'bench-verification-token',
    team_id: defaultSeed.team.id,
    team_domain: defaultSeed.team.domain,
    channel_id: 'C0RELEASE',
    channel_name: 'release-deployment',
    user_id: typist,
    user_name: 'rita',
    command,
    text,
    api_app_id: defaultSeed.app.id,
    is_enterprise_install: 'false',
    response_url: 'http://127.0.0.1:9/commands/unused',
    trigger_id: nextTrigger(),
  };
}

/** A click on the go button of a ballot, as Slack sends it, with a trigger of its own. */
export function votePayload({ userId, pollId }: { userId: string; pollId: string }): object {
  const { team, app } = defaultSeed;
  return {
    type: 'block_actions',
    user: { id: userId, username: userId.toLowerCase(), team_id: team.id },
    api_app_id: app.id,
    token: 'bench-verification-token',
    container: { type: 'message', message_ts: '1700000000.000001', channel_id: `D${userId}` },
    trigger_id: nextTrigger(),
    team: { id: team.id, domain: team.domain },
    is_enterprise_install: false,
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
}

function nextTrigger(): string {
  requests += 1;
  return `${process.pid}.${Date.now()}.${requests}`;
}

/** The same as a signed request's headers and body. */
export function signedForm(payload: Record<string, string>): {
  headers: Record<string, string>;
  body: string;
} {
  const body = new URLSearchParams(payload).toString();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const digest = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${digest}`,
  };
  return { headers, body };
}
