import type { Channel } from '../control-api.ts';
import type { Table } from '../workspace/store.ts';
import { personalIdOf } from './ids.ts';
import type { TeamsChannel, TeamsPerson, TeamsSeed } from './seed.ts';
import type { StoredInstallation } from './stored.ts';

/** Where messages go: a channel of the team, or somebody's personal chat with the bot. */
export type Conversation =
  | { kind: 'channel'; id: string; channel: TeamsChannel }
  | { kind: 'personal'; id: string; person: TeamsPerson };

/** Who and what there is, and where the app is installed. */
export class TeamsDirectory {
  readonly seed: TeamsSeed;
  readonly #installations: Table<StoredInstallation>;

  constructor(seed: TeamsSeed, installations: Table<StoredInstallation>) {
    this.seed = seed;
    this.#installations = installations;
  }

  /** By object id, by `29:…`, or by `8:orgid:` and the object id, as the connector takes all of them. */
  person(id: string): TeamsPerson | undefined {
    const plain = id.replace(/^8:orgid:/, '');
    return this.seed.people.find((each) => each.id === plain || each.mri === plain);
  }

  /** By the plain id, without `;messageid=`. */
  conversation(id: string): Conversation | undefined {
    const channel = this.seed.channels.find((each) => each.id === id);
    if (channel) return { kind: 'channel', id, channel };
    const person = this.seed.people.find((each) => personalIdOf(each.id) === id);
    return person && { kind: 'personal', id, person };
  }

  personal(person: TeamsPerson): Conversation {
    return { kind: 'personal', id: personalIdOf(person.id), person };
  }

  /** Everybody is in the team. */
  members(conversation: Conversation): TeamsPerson[] {
    return conversation.kind === 'personal' ? [conversation.person] : this.seed.people;
  }

  /** Whether the app is in a conversation; `blocked` is said of a personal one alone. */
  installation(conversation: Conversation): StoredInstallation {
    return this.installationAt(conversation.kind === 'channel' ? 'team' : conversation.person.id);
  }

  /** `place`: `team`, or a person's object id. An administrator has installed it for everybody beforehand. */
  installationAt(place: string): StoredInstallation {
    return this.#installations.get(place) ?? { state: 'installed', told: false };
  }

  install(place: string, installation: StoredInstallation): void {
    this.#installations.put(place, installation);
  }

  /** The personal chat, as the control interface names it. */
  directChannel(person: TeamsPerson): Channel {
    const { id } = this.personal(person);
    return { id, name: this.seed.app.name, topic: '', kind: 'direct', personId: person.id };
  }
}
