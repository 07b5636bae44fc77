import type { Person } from '../control-api.ts';
import type { Conversation } from './directory.ts';
import { newId } from './ids.ts';
import type { WorkspaceSeed } from './seed.ts';
import type { JsonObject } from './stored.ts';

/** Slack's long deprecated token; present in every payload, to be ignored by the app. */
const VERIFICATION_TOKEN = 'local-workspace-verification';

/** The fields of a slash command, as Slack's form has them: all texts. */
export function commandPayload(input: {
  seed: WorkspaceSeed;
  person: Pick<Person, 'id' | 'name'>;
  conversation: Pick<Conversation, 'id' | 'name'>;
  command: string;
  text: string;
  responseUrl: string;
  triggerId: string;
}): JsonObject {
  const { seed, person, conversation } = input;
  return {
    token: VERIFICATION_TOKEN,
    team_id: seed.team.id,
    team_domain: seed.team.domain,
    channel_id: conversation.id,
    channel_name: conversation.name,
    user_id: person.id,
    user_name: person.name,
    command: input.command,
    text: input.text,
    api_app_id: seed.app.id,
    is_enterprise_install: 'false',
    response_url: input.responseUrl,
    trigger_id: input.triggerId,
  };
}

/** What every interaction says of who acted and where. */
export function interactionBase(seed: WorkspaceSeed, person: Pick<Person, 'id' | 'name'>): JsonObject {
  return {
    team: { id: seed.team.id, domain: seed.team.domain },
    user: { id: person.id, username: person.name, name: person.name, team_id: seed.team.id },
    api_app_id: seed.app.id,
    token: VERIFICATION_TOKEN,
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** An event of the Events API in its wrapper. `nowMs`: the workspace's instant. */
export function eventPayload(seed: WorkspaceSeed, nowMs: number, event: JsonObject): JsonObject {
  return {
    token: VERIFICATION_TOKEN,
    team_id: seed.team.id,
    context_team_id: seed.team.id,
    context_enterprise_id: null,
    api_app_id: seed.app.id,
    event,
    type: 'event_callback',
    event_id: newId('Ev'),
    event_time: Math.floor(nowMs / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: seed.team.id,
        user_id: seed.app.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
  };
}
