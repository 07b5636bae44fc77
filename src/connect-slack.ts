import { createSlackPlatform, type SlackPlatformOptions } from './bot/slack/client/platform.ts';
import { lackingScope } from './bot/slack/client/refusals.ts';
import { createPostingClient, identifyBot } from './bot/slack/client/web-client.ts';
import { lackingScopes } from './bot/slack/manifest.ts';
import { createSlackBot, type SlackSettings } from './bot/slack/slack-bot.ts';
import type { ConnectedPlatform } from './connected-platform.ts';
import type { Clock } from './lib/clock.ts';
import type { Log } from './lib/log.ts';

/**
 * Slack as a message channel and a directory, and who the bot is there.
 * @throws SlackTokenError when Slack refuses the bot token.
 */
export async function connectSlack(
  config: SlackSettings,
  { clock, log, waitOut }: { clock: Clock; log: Log } & Pick<SlackPlatformOptions, 'waitOut'>,
): Promise<ConnectedPlatform> {
  const { botToken: token, apiUrl, pace } = config.slack;
  const options = { token, apiUrl, log: slackLog(log) };
  const { scopes, ...identity } = await identifyBot(createPostingClient(options));
  const lacking = scopes === undefined ? [] : lackingScopes(scopes);
  // Not the end of the start: whatever needs none of them works.
  if (lacking.length > 0) options.log.error(lackingScope(lacking.join(', ')));
  return {
    name: 'slack',
    channel: createSlackPlatform({
      ...options,
      ...identity,
      clock,
      pace,
      commandNames: config.commands,
      waitOut,
    }),
    createBot: (parts) =>
      createSlackBot({ config, identity, onSocket: parts.onConnection, ...parts, log: options.log }),
  };
}

/** What Slack's libraries say goes into the same log. */
function slackLog(log: Log) {
  return {
    info: (message: string) => log.info({ part: 'slack' }, message),
    warn: (message: string) => log.warn({ part: 'slack' }, message),
    error: (message: string) => log.error({ part: 'slack' }, message),
  };
}
