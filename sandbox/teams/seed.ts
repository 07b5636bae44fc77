import type { Person } from '../control-api.ts';
import type { WorkspaceSeed } from '../workspace/seed.ts';
import { channelIdOf, mriOf, uuidOf } from './ids.ts';

export interface TeamsPerson extends Person {
  /** `29:…`: who this is for the bot. */
  mri: string;
}

export interface TeamsChannel {
  /** `19:…@thread.tacv2`; the team's own id for the channel *General*. */
  id: string;
  name: string;
  topic: string;
}

/** One team of one organisation, with one app. */
export interface TeamsSeed {
  tenantId: string;
  team: { id: string; name: string; groupId: string };
  /** `botId` is `28:` and the app's id. */
  app: { id: string; botId: string; name: string };
  people: TeamsPerson[];
  channels: TeamsChannel[];
}

/** The people and channels of a Slack workspace, as they are in Teams. */
export function teamsSeed(slack: WorkspaceSeed): TeamsSeed {
  const appId = uuidOf(`app ${slack.app.botName}`);
  const teamId = channelIdOf('general');
  return {
    tenantId: uuidOf(`tenant ${slack.team.domain}`),
    team: { id: teamId, name: 'Web Platform', groupId: uuidOf('team Web Platform') },
    app: { id: appId, botId: `28:${appId}`, name: slack.app.botName },
    people: slack.people.map((person) => ({
      ...person,
      id: uuidOf(`person ${person.email}`),
      mri: mriOf(person.email),
    })),
    channels: slack.channels.map(({ name, topic }) => ({ id: channelIdOf(name), name, topic })),
  };
}
