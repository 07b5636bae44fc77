import { SlackRefusal } from '../refusal.ts';
import { slackFile } from '../slack-message.ts';
import type { JsonObject } from '../stored.ts';
import { type Call, type Method, requiredText, tier } from './method.ts';

function info({ core, args }: Call): JsonObject {
  const file = core.messages.file(requiredText(args, 'file'));
  if (!file) throw new SlackRefusal('file_not_found');
  return { file: slackFile(file, core.directory.seed.team.domain, core.baseUrl()) };
}

export const fileMethods: Record<string, Method> = {
  'files.info': { token: 'bot', scope: 'files:read', perMinute: tier[4], run: info },
};
