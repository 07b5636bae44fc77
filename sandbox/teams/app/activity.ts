import { isObject } from '../../workspace/json.ts';
import type { JsonObject } from '../../workspace/stored.ts';
import type { TeamsCore } from '../core.ts';
import type { Conversation } from '../directory.ts';
import { uuidOf } from '../ids.ts';
import type { TeamsPerson } from '../seed.ts';

/** As much of Teams as an activity tells of. */
export type ActivitySource = Pick<TeamsCore, 'seed' | 'serviceUrl'> & {
  options: { clock: { now(): number } };
};

export interface ActivityPlace {
  conversation: Conversation;
  /** In a channel: the first message of the thread. */
  rootId?: string | undefined;
}

/** What every activity says of who acted, where and when. `id`: the same for the same act. */
export function activityBase(
  core: ActivitySource,
  { person, place, id }: { person: TeamsPerson; place: ActivityPlace; id: string },
): JsonObject {
  const { seed, options } = core;
  const timestamp = new Date(options.clock.now()).toISOString();
  const { conversation, rootId } = place;
  const isChannel = conversation.kind === 'channel';
  return {
    id,
    channelId: 'msteams',
    serviceUrl: core.serviceUrl(),
    timestamp,
    localTimestamp: timestamp,
    locale: 'en-US',
    from: { id: person.mri, name: person.realName, aadObjectId: person.id },
    recipient: { id: seed.app.botId, name: seed.app.name },
    conversation: {
      id: rootId === undefined ? conversation.id : `${conversation.id};messageid=${rootId}`,
      conversationType: isChannel ? 'channel' : 'personal',
      tenantId: seed.tenantId,
      ...(isChannel ? { isGroup: true } : {}),
    },
    channelData: { ...channelData(core, conversation), tenant: { id: seed.tenantId } },
    entities: [{ type: 'clientInfo', locale: 'en-US', country: 'US', platform: 'Web', timezone: 'Etc/UTC' }],
  };
}

function channelData({ seed }: ActivitySource, conversation: Conversation): JsonObject {
  if (conversation.kind === 'personal') return {};
  return {
    teamsChannelId: conversation.id,
    teamsTeamId: seed.team.id,
    channel: { id: conversation.id },
    team: { id: seed.team.id, aadGroupId: seed.team.groupId, name: seed.team.name },
  };
}

const strangeTenant = uuidOf('tenant elsewhere');

/** The same, done by somebody of another organisation. */
export function fromElsewhere(activity: JsonObject): JsonObject {
  const { conversation, channelData, from } = activity;
  return {
    ...activity,
    from: { ...(isObject(from) ? from : {}), id: '29:1elsewhere', aadObjectId: uuidOf('person elsewhere') },
    conversation: { ...(isObject(conversation) ? conversation : {}), tenantId: strangeTenant },
    channelData: { ...(isObject(channelData) ? channelData : {}), tenant: { id: strangeTenant } },
  };
}
