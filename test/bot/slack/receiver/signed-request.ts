import { createHmac } from 'node:crypto';

export const signingSecret = 'shhh';

/** Headers as Slack sends them. `at` in epoch seconds. */
export function signedHeaders(body: string, at = Math.floor(Date.now() / 1000), secret = signingSecret) {
  const signature = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex');
  return {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': String(at),
    'x-slack-signature': `v0=${signature}`,
  };
}

export const commandBody = new URLSearchParams({
  command: '/promote',
  text: 'web-2.4.0 50%',
  user_id: 'U0PERSON',
  team_id: 'T0TEAM',
  channel_id: 'C0RELEASE',
  trigger_id: '1.2',
  response_url: 'https://hooks.slack.com/commands/1/2',
}).toString();
