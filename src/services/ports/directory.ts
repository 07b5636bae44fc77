/** Someone as a platform knows them. */
export interface PersonRef {
  /** The platform's id, `U…` in Slack. */
  id: string;
  name: string;
  /** Missing when the platform does not tell it. */
  email?: string;
  /** IANA zone. Missing when the platform does not tell it. */
  zone?: string;
}

export interface ChannelRef {
  id: string;
  name: string;
  /** Whether tminus is in it; it can post nowhere else. */
  isMember: boolean;
}

/** People whom the platform keeps together: a user group of Slack, a team of Teams. */
export interface GroupRef {
  id: string;
  /** As people call it, `@support-oncall`. */
  name: string;
}

/** A question was not answered. The message says why and what to do, in whole sentences. */
export class PlatformUnavailableError extends Error {
  override readonly name = 'PlatformUnavailableError';
  /** For the log, free of secrets. */
  readonly detail: string;

  constructor(message: string, detail: string) {
    super(message);
    this.detail = detail;
  }
}

/**
 * The people and channels of one platform. Implementations never retry by themselves.
 * @throws PlatformUnavailableError from every method, when the platform can't say.
 */
export interface Directory {
  /** What to type in a channel to invite tminus into it, such as `/invite @tminus`. */
  readonly invitation: string;
  /**
   * Takes an address as a plan writes it, such as `#support`: what `findChannel` finds it by, or null when it is no
   * address of this platform. `#name` belongs to the first platform that is connected.
   */
  readAddress(address: string): string | null;
  /**
   * How a plan names the channel that is called so, whichever platform is connected first: for `#support` perhaps
   * `teams:Web/support`. Null: there is none. Left out where `#name` is the only form.
   */
  addressOf?(name: string): Promise<string | null>;
  /** By what `readAddress` gave; null: there is none that tminus can see. */
  findChannel(name: string): Promise<ChannelRef | null>;
  /** Takes a group as the configuration writes it, such as `@sre`, or null when it is no group of this platform. */
  readGroup(address: string): string | null;
  /** Whether somebody, by the platform's id, is in a group that `readGroup` gave; a group that is not there has no members. */
  isInGroup(group: string, personId: string): Promise<boolean>;
  /** By what `readGroup` gave; null: there is none that tminus can see. */
  findGroup(group: string): Promise<GroupRef | null>;
  /** The platform's ids of everybody in a group, by the group's id; null: it is not there any more. */
  membersOfGroup(id: string): Promise<readonly string[] | null>;
  findPersonByEmail(email: string): Promise<PersonRef | null>;
  /** By the platform's id. */
  findPerson(id: string): Promise<PersonRef | null>;
}

/** Directories by the name of their platform. */
export type Directories = ReadonlyMap<string, Directory>;
