import type { Channel, Person } from '../control-api.ts';
import { newId } from './ids.ts';
import type { SeedChannel, SeedPerson, WorkspaceSeed } from './seed.ts';
import type { Table } from './store.ts';
import type { StoredDirect } from './stored.ts';

/** A conversation that a message can go to. */
export type Conversation =
  | { kind: 'channel'; id: string; name: string; topic: string; bot: boolean; archived: boolean }
  | { kind: 'direct'; id: string; name: string; personId: string };

/** Who and what there is: people, channels, and direct messages, which come into being when needed. */
export class Directory {
  readonly seed: WorkspaceSeed;
  readonly #directs: Table<StoredDirect>;
  readonly #announce: (channel: Channel) => void;

  constructor(seed: WorkspaceSeed, directs: Table<StoredDirect>, announce: (channel: Channel) => void) {
    this.seed = seed;
    this.#directs = directs;
    this.#announce = announce;
  }

  get people(): readonly SeedPerson[] {
    return this.seed.people;
  }

  get channels(): readonly SeedChannel[] {
    return this.seed.channels;
  }

  person(id: string): Person | undefined {
    return this.seed.people.find((each) => each.id === id);
  }

  conversation(id: string): Conversation | undefined {
    const channel = this.seed.channels.find((each) => each.id === id);
    if (channel) return toChannel(channel);
    const direct = this.directs().find((each) => each.id === id);
    return direct && toDirect(direct);
  }

  /** All of one kind, the oldest first. */
  conversations(kind: Conversation['kind']): Conversation[] {
    return kind === 'channel' ? this.seed.channels.map(toChannel) : this.directs().map(toDirect);
  }

  directs(): StoredDirect[] {
    return [...this.#directs.values()];
  }

  /** The person's direct messages with the bot; `isNew` when they did not exist. */
  openDirect(personId: string): { direct: StoredDirect; isNew: boolean } {
    const known = this.#directs.get(personId);
    if (known) return { direct: known, isNew: false };
    const direct = { id: newId('D'), personId };
    this.#directs.put(personId, direct);
    this.#announce(this.directChannel(direct));
    return { direct, isNew: true };
  }

  directChannel(direct: StoredDirect): Channel {
    const name = this.seed.app.botName;
    return { id: direct.id, name, topic: '', kind: 'direct', personId: direct.personId };
  }

  /** Ids of who reads a conversation, the bot included. All people are in all channels. */
  members(conversation: Conversation): string[] {
    const { botUserId } = this.seed.app;
    if (conversation.kind === 'direct') return [conversation.personId, botUserId];
    return [...this.seed.people.map((each) => each.id), ...(conversation.bot ? [botUserId] : [])];
  }
}

function toChannel(channel: SeedChannel): Conversation {
  return { kind: 'channel', ...channel, archived: channel.archived ?? false };
}

function toDirect({ id, personId }: StoredDirect): Conversation {
  return { kind: 'direct', id, name: 'directmessage', personId };
}
