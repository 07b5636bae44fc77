import type { Fault, Faults, Reaction } from '../control-api.ts';
import type { ClockCourse } from '../sandbox-clock.ts';

/** A JSON object whose fields were not looked at yet. */
export type JsonObject = Record<string, unknown>;

export interface MessageMetadata {
  event_type: string;
  event_payload: JsonObject;
}

/** A message as the journal keeps it. A deleted one stays, so that its `ts` is never given again. */
export interface StoredMessage {
  ts: string;
  channel: string;
  user: string;
  fromApp: boolean;
  text: string;
  blocks?: JsonObject[];
  threadTs?: string;
  /** A thread reply that also stands in the channel. */
  broadcast?: boolean;
  metadata?: MessageMetadata;
  edits: number;
  editedTs?: string;
  notifies: string[];
  onlyFor?: string;
  reactions?: Reaction[];
  files?: StoredFile[];
  deleted?: boolean;
}

/** A text file of a message. */
export interface StoredFile {
  id: string;
  name: string;
  text: string;
}

/** A person's direct messages with the bot. */
export interface StoredDirect {
  id: string;
  personId: string;
}

/** A modal that is open before a person. */
export interface StoredView {
  id: string;
  hash: string;
  personId: string;
  rootId: string;
  previousId: string | null;
  view: JsonObject;
}

export interface StoredHome {
  id: string;
  hash: string;
  personId: string;
  view: JsonObject;
}

/** Where an app may answer an action; `originalTs` is the message that `replace_original` speaks of. */
export interface StoredResponseUrl {
  id: string;
  personId: string;
  channel: string;
  originalTs?: string;
  uses: number;
  expiresWallMs: number;
}

export type EnvelopeKind = 'slash_commands' | 'interactive' | 'events_api';

/** Something the app was told and has not acknowledged. `attempts`: how often it was sent. */
export interface StoredEnvelope {
  id: string;
  kind: EnvelopeKind;
  payload: JsonObject;
  acceptsResponse: boolean;
  attempts: number;
  createdWallMs: number;
}

export interface StoredFaults {
  active: Fault[];
  fired: Faults['fired'];
}

/** Every kind of thing that outlives a restart. */
export interface Tables {
  messages: StoredMessage;
  directs: StoredDirect;
  views: StoredView;
  homes: StoredHome;
  responseUrls: StoredResponseUrl;
  envelopes: StoredEnvelope;
  faults: StoredFaults;
  clock: ClockCourse;
}

export const tableNames = [
  'messages',
  'directs',
  'views',
  'homes',
  'responseUrls',
  'envelopes',
  'faults',
  'clock',
] as const satisfies (keyof Tables)[];
