import type { Plan } from '../../core/plan/plan.ts';
import { ROLE_NAMES, type RoleName, roleTitle } from '../../core/plan/roles.ts';
import { deriveSchedule } from '../../core/schedule/derive-schedule.ts';
import { mapSideBySide } from '../../lib/map-side-by-side.ts';
import type { ChatPlatform } from '../ports/chat-platform.ts';

/** So many questions at a time: quick enough for a person who waits, and few enough for the platform's limits. */
const atMost = 4;

/** A plan's people and channels as the chat platform knows them. */
export interface PlanDirectory {
  people: { role: RoleName; position: 'holder' | 'backup'; personId: string; name: string; email: string }[];
  channels: { name: string; channelId: string }[];
  /** Who or what was not found, in sentences. */
  problems: string[];
}

/** Finds everyone and every channel that a plan names. Everything that is missing is told at once. */
export async function lookUpPlan(platform: ChatPlatform, plan: Plan): Promise<PlanDirectory> {
  const [people, channels] = await Promise.all([
    lookUpPeople(platform, plan),
    lookUpChannels(platform, plan),
  ]);
  return {
    people: people.found,
    channels: channels.found,
    problems: [...people.problems, ...channels.problems],
  };
}

function namedPeople(plan: Plan) {
  return ROLE_NAMES.flatMap((role) => {
    const holder = plan.roles[role];
    if (!holder) return [];
    const { backup } = holder;
    return [
      { role, position: 'holder' as const, ...holder },
      ...(backup ? [{ role, position: 'backup' as const, ...backup }] : []),
    ];
  });
}

async function lookUpPeople(platform: ChatPlatform, plan: Plan) {
  const problems: string[] = [];
  const found: PlanDirectory['people'] = [];
  const named = namedPeople(plan);
  const people = await mapSideBySide(named, atMost, ({ email }) => platform.findPersonByEmail(email));
  for (const [index, { role, position, name, email }] of named.entries()) {
    const person = people[index];
    if (person) found.push({ role, position, personId: person.id, name, email });
    else problems.push(`${roleTitle(role)}: nobody in this workspace has the e-mail address ${email}.`);
  }
  return { found, problems };
}

async function lookUpChannels(platform: ChatPlatform, plan: Plan) {
  const names = [
    ...new Set([...Object.values(plan.channels), ...deriveSchedule(plan).map((item) => item.channel)]),
  ];
  const problems: string[] = [];
  const found: PlanDirectory['channels'] = [];
  const channels = await mapSideBySide(names, atMost, (name) => platform.findChannel(name));
  for (const [index, name] of names.entries()) {
    const channel = channels[index];
    if (!channel) problems.push(`There is no channel ${name} that I can see; create it or invite me.`);
    else if (!channel.isMember) problems.push(`I am not in ${name}; invite me there with /invite @tminus.`);
    else found.push({ name, channelId: channel.id });
  }
  return { found, problems };
}
