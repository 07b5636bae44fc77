import type { Clock } from '../../../lib/clock.ts';
import {
  type ChannelRef,
  type Directory,
  type PersonRef,
  PlatformUnavailableError,
} from '../../../services/ports/directory.ts';
import type { Member, TeamsClient } from './client.ts';
import { statusOf } from './send-outcome.ts';
import type { Conversation, ConversationStore } from './store.ts';

/** Also who can be chosen in a form. */
export interface TeamsDirectory extends Directory {
  /** Some of those whom tminus knows, by name. */
  knownPeople(): Promise<{ id: string; name: string }[]>;
}

/** What is looked up is remembered for so long, in milliseconds. */
const freshMs = 10 * 60_000;
/** Teams gives the first channel of a team no name of its own. */
const firstChannel = 'General';
const choicesMax = 100;

interface Parts {
  client: TeamsClient;
  store: ConversationStore;
  clock: Pick<Clock, 'wall'>;
}

/** People and channels of the teams in which tminus is installed: Teams tells a bot of no others. */
export function createDirectory(parts: Parts): TeamsDirectory {
  const membersOf = remembered(parts.clock, (team: Conversation) => parts.client.members(placeOf(team)));
  const channelsOf = remembered(parts.clock, (team: Conversation) =>
    parts.client.channels(team.serviceUrl, team.id),
  );
  const teams = () => parts.store.list('group');
  return {
    invitation: 'Add an app in the settings of its team',
    readAddress,
    findChannel: (address) =>
      asked(async () => {
        const { team: wantedTeam, channel: wanted } = splitAddress(address);
        for (const team of await teams()) {
          if (wantedTeam !== null && !isCalled(team, wantedTeam)) continue;
          const channels = await channelsOf(team);
          const found = channels.find(isChannel(wanted));
          if (found) return noteChannel(parts.store, team, { ...found, name: found.name ?? firstChannel });
        }
        return null;
      }),
    addressOf: (name) =>
      asked(async () => {
        const { channel: wanted } = splitAddress(name);
        for (const team of await teams()) {
          const found = (await channelsOf(team)).find(isChannel(wanted));
          if (found)
            return `teams:${writable(team)}/${writable({ ...found, name: found.name ?? firstChannel })}`;
        }
        return null;
      }),
    readGroup: (address) => /^teams:([^/]+)$/.exec(address)?.[1] ?? null,
    isInGroup: (group, personId) =>
      asked(async () => {
        const team = (await someTeams(teams)).find((each) => isCalled(each, group));
        return team !== undefined && (await memberIn(parts.client, team, personId)) !== null;
      }),
    findGroup: (group) =>
      asked(async () => {
        const team = (await teams()).find((each) => isCalled(each, group));
        return team ? { id: team.id, name: `teams:${groupName(team)}` } : null;
      }),
    membersOfGroup: (id) =>
      asked(async () => {
        const team = (await teams()).find((each) => each.id === id);
        if (!team) return null;
        const people = (await membersOf(team)).filter(({ aadObjectId }) => aadObjectId !== undefined);
        for (const member of people) await notePerson(parts.store, team, member);
        return people.flatMap(({ aadObjectId }) => aadObjectId ?? []);
      }),
    findPersonByEmail: (email) =>
      asked(async () => {
        const wanted = email.trim().toLowerCase();
        for (const team of await someTeams(teams)) {
          const members = await membersOf(team);
          const found = members.find((member) => addressesOf(member).includes(wanted));
          if (found?.aadObjectId) return { ...(await notePerson(parts.store, team, found)), email: wanted };
        }
        return null;
      }),
    findPerson: (id) =>
      asked(async () => {
        const chat = await parts.store.find('person', id);
        const places = [...(chat?.conversationId ? [chat] : []), ...(await teams())];
        if (places.length === 0) throw nowhere();
        for (const place of places) {
          const member = await memberIn(parts.client, place, id);
          if (member) return notePerson(parts.store, place, { ...member, aadObjectId: id });
        }
        return null;
      }),
    knownPeople: async () => {
      const people = await parts.store.list('person', { limit: choicesMax });
      return people.flatMap(({ id, name }) => (name === null ? [] : [{ id, name }]));
    },
  };
}

/** `teams:Web Platform/release-deployment`, by names or ids; `#name`: such a channel of any team. */
function readAddress(address: string): string | null {
  const [, named] = /^teams:(.+\/.+)$/.exec(address) ?? [];
  return named ?? (address.startsWith('#') ? address : null);
}

/** An id holds no slash, a name of a team may. */
function splitAddress(address: string): { team: string | null; channel: string } {
  if (address.startsWith('#')) return { team: null, channel: address.slice(1) };
  const slash = address.lastIndexOf('/');
  return { team: address.slice(0, slash), channel: address.slice(slash + 1).replace(/^#/, '') };
}

/** As it can be typed among other addresses: by its id where its name would look like more than one. */
function writable({ id, name }: { id: string; name: string | null }): string {
  return name === null || /[,\n#:]/.test(name) ? id : name;
}

/** A team that stands alone in an address has no spaces there. */
function groupName(team: { id: string; name: string | null }): string {
  return /\s/.test(team.name ?? '') ? team.id : writable(team);
}

/** By its name or its id. */
function isChannel(wanted: string) {
  return ({ id, name }: { id: string; name: string | null }) =>
    isCalled({ id, name: name ?? firstChannel }, wanted);
}

function isCalled({ id, name }: { id: string; name: string | null }, wanted: string): boolean {
  const plain = (text: string) => text.trim().normalize('NFC').toLowerCase();
  return id === wanted.trim() || plain(name ?? '') === plain(wanted);
}

async function noteChannel(
  store: ConversationStore,
  { id: parentId, workspaceId, serviceUrl }: Conversation,
  { id, name }: { id: string; name: string },
): Promise<ChannelRef> {
  await store.note({ kind: 'channel', id, workspaceId, serviceUrl, conversationId: id, name, parentId });
  return { id, name, isMember: true };
}

/** So that a chat with them can be opened. */
async function notePerson(
  store: ConversationStore,
  { workspaceId, serviceUrl }: Conversation,
  member: Member,
): Promise<PersonRef> {
  const { aadObjectId: id = '', id: accountId, name } = member;
  await store.note({ kind: 'person', id, workspaceId, serviceUrl, accountId, name });
  const [email] = addressesOf(member);
  return { id, name: name || id, ...(email === undefined ? {} : { email }) };
}

function addressesOf({ email, userPrincipalName }: Member): string[] {
  return [email, userPrincipalName].flatMap((address) => (address ? [address.trim().toLowerCase()] : []));
}

async function memberIn(client: TeamsClient, place: Conversation, id: string): Promise<Member | null> {
  try {
    return await client.member(placeOf(place), id);
  } catch (error) {
    const status = statusOf(error);
    if (status === 404 || status === 403) return null;
    throw error;
  }
}

function placeOf({ serviceUrl, conversationId, id }: Conversation) {
  return { serviceUrl, conversationId: conversationId ?? id };
}

async function someTeams(teams: () => Promise<Conversation[]>): Promise<Conversation[]> {
  const found = await teams();
  if (found.length === 0) throw nowhere();
  return found;
}

function nowhere(): PlatformUnavailableError {
  return new PlatformUnavailableError(
    "tminus isn't in any team yet, so it can't find anybody in Teams. Add the app to a team, and try again.",
    'not installed in any team',
  );
}

/** Whatever the connector says, in the words of the person who waits for the answer. */
async function asked<Found>(ask: () => Promise<Found>): Promise<Found> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof PlatformUnavailableError) throw error;
    const status = statusOf(error);
    const detail = error instanceof Error ? error.message : String(error);
    throw new PlatformUnavailableError(
      status === 429
        ? 'Teams asks tminus to wait. Try again in a minute.'
        : 'Teams did not answer when it was asked about people and channels. Try again in a minute.',
      `HTTP ${status ?? 'without an answer'}: ${detail}`,
    );
  }
}

/** Asks once for each team within a while; a failure is not remembered. */
function remembered<Answer>(clock: Pick<Clock, 'wall'>, ask: (team: Conversation) => Promise<Answer>) {
  const answers = new Map<string, { at: number; answer: Promise<Answer> }>();
  return (team: Conversation): Promise<Answer> => {
    const known = answers.get(team.id);
    if (known && clock.wall() - known.at < freshMs) return known.answer;
    const made = { at: clock.wall(), answer: ask(team) };
    answers.set(team.id, made);
    made.answer.catch(() => answers.delete(team.id));
    return made.answer;
  };
}
