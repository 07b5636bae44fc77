import { WebAPIPlatformError } from '@slack/web-api';
import { describeError } from '../../../lib/describe-error.ts';
import { lackingScope } from './refusals.ts';
import { isTokenCode, neededScope, outcomeOfError } from './send-outcome.ts';

export type TokenVariable = 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN';

/** Slack refuses a token, and will until somebody mends it. The message names the variable and the next step. */
export class SlackTokenError extends Error {
  override readonly name = 'SlackTokenError';
}

const wherefrom: Record<TokenVariable, string> = {
  SLACK_BOT_TOKEN:
    'Set the Bot User OAuth Token, which begins with xoxb- (https://api.slack.com/apps, your app, OAuth & Permissions).',
  SLACK_APP_TOKEN:
    'Set an app-level token with the scope connections:write, which begins with xapp- ' +
    '(https://api.slack.com/apps, your app, Basic Information).',
};

/**
 * What a failed first call with the token of `variable` means: a `SlackTokenError` when Slack refuses it, else the
 * error itself, which another attempt may not meet.
 */
export function explainTokenError(error: unknown, variable: TokenVariable): unknown {
  if (!(error instanceof WebAPIPlatformError)) return error;
  const code = String(error.data.error);
  const isFinal = isTokenCode(code) || outcomeOfError(error).result === 'refused';
  if (!isFinal) return error;
  return new SlackTokenError(sentenceFor({ code, variable, needed: neededScope(error) }), { cause: error });
}

/** For the log and the terminal, where the variable is what somebody can look up. */
export function describeStartError(error: unknown, variable: TokenVariable): Error {
  const explained = explainTokenError(error, variable);
  if (explained instanceof SlackTokenError) return explained;
  return new Error(
    `Slack gave no answer when it was asked whose token ${variable} is. Check the network, and HTTPS_PROXY where ` +
      `there is a proxy, then start tminus again. ${describeError(error)}`,
    { cause: error },
  );
}

function sentenceFor(facts: { code: string; variable: TokenVariable; needed: string | undefined }): string {
  const { code, variable, needed } = facts;
  if (code !== 'missing_scope') return `Slack refuses ${variable} (${code}). ${wherefrom[variable]}`;
  if (variable === 'SLACK_BOT_TOKEN') return `${variable}: ${lackingScope(needed)}`;
  return (
    `SLACK_APP_TOKEN lacks the permission ${needed ?? 'connections:write'}. The manifest does not include it: ` +
    'generate another app-level token with it (https://api.slack.com/apps, your app, Basic Information) and set that.'
  );
}
