import { randomUUID } from 'node:crypto';
import type { TeamsCore } from '../core.ts';
import type { Conversation } from '../directory.ts';
import { activityBase } from './activity.ts';

/** Tells the app that it was added somewhere, or removed. Answers whether it has taken that. */
export async function tellInstallation(core: TeamsCore, place: string): Promise<boolean> {
  const { seed, directory } = core;
  const { state } = directory.installationAt(place);
  const added = state !== 'removed';
  const [firstPerson] = seed.people;
  const [general] = seed.channels;
  const person = place === 'team' ? firstPerson : directory.person(place);
  if (!person || !general) return false;
  const conversation: Conversation =
    place === 'team' ? { kind: 'channel', id: seed.team.id, channel: general } : directory.personal(person);
  const base = () => activityBase(core, { person, place: { conversation }, id: `f:${randomUUID()}` });
  const bot = { id: seed.app.botId, name: seed.app.name };
  const update = { ...base(), type: 'installationUpdate', action: added ? 'add' : 'remove' };
  const members = {
    ...base(),
    type: 'conversationUpdate',
    ...(added ? { membersAdded: [bot] } : { membersRemoved: [bot] }),
  };
  const told = [await core.line.deliver(update), await core.line.deliver(members)];
  return told.every(({ status }) => status === 'acknowledged');
}

/** Tells the app of every place in which it is and does not know it yet. */
export async function tellNewInstallations(core: TeamsCore): Promise<void> {
  for (const place of ['team', ...core.seed.people.map(({ id }) => id)]) {
    const { state, told } = core.directory.installationAt(place);
    if (told || state === 'removed') continue;
    if (!(await tellInstallation(core, place))) return;
    core.directory.install(place, { state, told: true });
  }
}
