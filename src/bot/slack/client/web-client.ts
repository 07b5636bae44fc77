import { WebClient, type WebClientOptions } from '@slack/web-api';
import { createFetch } from '../../../lib/http/create-fetch.ts';
import { bridgeLogger, type SlackLog } from './log.ts';
import { describeStartError, SlackTokenError } from './token-error.ts';

export interface ClientOptions {
  token: string;
  /** Base of the Web API, such as `https://slack.com/api/` (the default). */
  apiUrl?: string | undefined;
  log: SlackLog;
}

/** Longest wait for an answer about a message. */
export const postingTimeoutMs = 10_000;
/** A trigger lives three seconds; later there is no modal left to open. */
export const interactiveTimeoutMs = 2_500;

/**
 * Slack's longest answers are pages of 200 messages with up to 50 blocks, and of 1,000 channels. A connection
 * is kept for a moment only, so that Slack does not close it just as the next message is sent.
 */
const slackFetch = createFetch({ maxBytes: 32 * 1024 * 1024, keepAliveMs: 4_000 });

/**
 * Options under which the SDK does what it is told and nothing more: it never tries again by itself, which
 * would post twice, and never holds other calls back because one was rate-limited.
 */
export function clientOptions(
  { apiUrl, log }: Omit<ClientOptions, 'token'>,
  timeout: number,
): WebClientOptions {
  return {
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout,
    fetch: slackFetch,
    logger: bridgeLogger(log),
  };
}

/** For messages, edits, look-ups, and who we are. */
export function createPostingClient(options: ClientOptions): WebClient {
  return new WebClient(options.token, clientOptions(options, postingTimeoutMs));
}

/** For answers to a person who waits: `views.open` and the like. */
export function createInteractiveClient(options: ClientOptions): WebClient {
  return new WebClient(options.token, clientOptions(options, interactiveTimeoutMs));
}

export interface BotIdentity {
  teamId: string;
  /** The organization of the workspace, in Enterprise Grid. */
  enterpriseId?: string;
  botId: string;
  botUserId: string;
}

/**
 * Who the bot token speaks for, with the scopes it has, when Slack names them.
 * @throws SlackTokenError when Slack refuses the token, another error when Slack can't be reached.
 */
export async function identifyBot(client: WebClient): Promise<BotIdentity & { scopes?: string[] }> {
  const answer = await client.auth.test().catch((error: unknown) => {
    throw describeStartError(error, 'SLACK_BOT_TOKEN');
  });
  const { team_id: teamId, enterprise_id: enterpriseId, bot_id: botId, user_id: botUserId } = answer;
  if (teamId === undefined || botId === undefined || botUserId === undefined) {
    throw new SlackTokenError(
      'SLACK_BOT_TOKEN is not a bot token. Use the "Bot User OAuth Token", which begins with xoxb-.',
    );
  }
  const { scopes } = answer.response_metadata ?? {};
  return {
    ...{ teamId, botId, botUserId },
    ...(enterpriseId ? { enterpriseId } : {}),
    ...(scopes === undefined ? {} : { scopes }),
  };
}
