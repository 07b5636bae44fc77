import { randomUUID } from 'node:crypto';
import { activityBase } from '../sandbox/teams/app/activity.ts';
import { uuidOf } from '../sandbox/teams/ids.ts';
import { type TeamsSeed, teamsSeed } from '../sandbox/teams/seed.ts';
import { defaultSeed } from '../sandbox/workspace/seed.ts';
import type { JsonObject } from '../sandbox/workspace/stored.ts';

/** A vote that is clicked on the card of its poll in the channel. */
export interface TeamsVote {
  email: string;
  pollId: string;
  channelId: string;
  /** Of the card. */
  messageId: string;
}

/** The local Teams with so many more people, `p1@example.com` and on. */
export function benchSeed(people: number): TeamsSeed {
  const more = Array.from({ length: people }, (_, index) => {
    const name = `p${index + 1}`;
    const email = `${name}@example.com`;
    return { id: name, name, realName: name, title: 'Voter', email, color: '#1d4ed8' };
  });
  return teamsSeed({ ...defaultSeed, people: [...defaultSeed.people, ...more] });
}

/** The invoke of a click on *Go*, with an activity id of its own. */
export function voteActivity(
  { seed, serviceUrl }: { seed: TeamsSeed; serviceUrl: string },
  { email, pollId, channelId, messageId }: TeamsVote,
): JsonObject {
  const id = uuidOf(`person ${email}`);
  const person = seed.people.find((one) => one.id === id);
  const channel = seed.channels.find((one) => one.id === channelId);
  if (!person || !channel) throw new Error(`${email} or ${channelId} is not in this Teams`);
  const source = { seed, serviceUrl: () => serviceUrl, options: { clock: { now: Date.now } } };
  const conversation = { kind: 'channel' as const, id: channelId, channel };
  const place = { conversation, rootId: messageId };
  const data = { tminus: { action: 'vote-go', value: JSON.stringify({ pollId }) } };
  return {
    ...activityBase(source, { person, place, id: `f:${randomUUID()}` }),
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId: messageId,
    value: { action: { type: 'Action.Execute', verb: 'vote-go', data }, trigger: 'manual' },
  };
}
