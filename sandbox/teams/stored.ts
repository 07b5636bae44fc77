import type { Attachment } from '../control-api.ts';
import type { JsonObject, StoredFaults, StoredFile } from '../workspace/stored.ts';

/** A message as the journal keeps it. A deleted one stays, so that its id is never given again. */
export interface StoredPost {
  /** Epoch milliseconds of the clock, which rise within a conversation. */
  id: string;
  /** The channel, or the personal conversation; without `;messageid=`. */
  conversation: string;
  /** A person's object id, or the bot's `28:…`. */
  from: string;
  text: string;
  textFormat?: string;
  summary?: string;
  attachments?: Attachment[];
  entities?: JsonObject[];
  files?: StoredFile[];
  /** In a channel: the first message of the thread, when it isn't this one. */
  rootId?: string;
  edits: number;
  /** Epoch milliseconds of the clock. */
  editedMs?: number;
  notifies: string[];
  deleted?: boolean;
}

/** A card as one person sees it, since the app answered it to them. */
export interface StoredOwnCard {
  personId: string;
  conversation: string;
  postId: string;
  /** The edit that it stands in for; a later edit shows to everybody. */
  edits: number;
  card: JsonObject;
}

/** A dialog that is open before a person. */
export interface StoredDialog {
  id: string;
  hash: string;
  personId: string;
  /** The message whose button opened it. */
  on: { conversation: string; postId: string };
  /** The action of a message's menu that opened it instead. */
  shortcut?: string;
  title: string;
  card: JsonObject;
  width?: number | string;
  height?: number | string;
}

/** Whether the app is in the team (`team`) or with a person, and whether it was told so. */
export interface StoredInstallation {
  state: 'installed' | 'removed' | 'blocked';
  told: boolean;
}

/** Everything that outlives a restart. */
export interface TeamsTables {
  posts: StoredPost;
  ownCards: StoredOwnCard;
  dialogs: StoredDialog;
  installations: StoredInstallation;
  faults: StoredFaults;
  /** The private key that signs what goes to the app, as a JWK. */
  keys: JsonObject;
}

export const teamsTableNames = [
  'posts',
  'ownCards',
  'dialogs',
  'installations',
  'faults',
  'keys',
] as const satisfies (keyof TeamsTables)[];
