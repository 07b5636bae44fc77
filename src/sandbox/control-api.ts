/**
 * The local workspace's HTTP control API, as types. Everything is JSON under `/sandbox/`; an error is
 * `{ error: string, message: string }` with a 4xx status. Described for people in `docs/sandbox.md`.
 */

export interface Person {
  id: string;
  /** Handle without `@`. */
  name: string;
  realName: string;
  title: string;
  email: string;
  /** Background colour of the avatar, `#rrggbb`. */
  color: string;
}

export interface Channel {
  /** `C…` for channels, `D…` for direct messages with the bot. */
  id: string;
  name: string;
  topic: string;
  kind: 'channel' | 'direct';
  /** For a direct message: the person on the other side of the bot. */
  personId?: string;
}

/** GET /sandbox/workspace */
export interface Workspace {
  team: { id: string; name: string };
  people: Person[];
  channels: Channel[];
  bot: { userId: string; botId: string; name: string; connected: boolean };
  commands: { command: string; description: string; usageHint: string }[];
}

/** A message as a person sees it. `blocks` is Block Kit as the app sent it. */
export interface Message {
  ts: string;
  channel: string;
  /** `U…` of a person, or the bot's user id. */
  user: string;
  text: string;
  blocks?: unknown[];
  threadTs?: string;
  replyCount: number;
  metadata?: { event_type: string; event_payload: Record<string, unknown> };
  /** How often it was edited, and the clock's instant of the last edit (ISO). */
  edits: number;
  editedAt?: string;
  /** The clock's instant at which it was posted (ISO). */
  at: string;
  /** Person ids whom the message would notify (mentions, broadcasts); `*` for a broadcast. */
  notifies: string[];
  /** Only this person sees it (an ephemeral message or a command's private answer). */
  onlyFor?: string;
}

/** GET /sandbox/people/:id/views — the stack of open modals, the top one last. */
export interface OpenView {
  id: string;
  hash: string;
  callbackId: string;
  title: string;
  view: Record<string, unknown>;
}

/** GET /sandbox/people/:id/home — `view` is null until the app published one. */
export interface HomeTab {
  personId: string;
  view: Record<string, unknown> | null;
}

/** What came back to the person from the app, as Slack would show it. */
export interface ActResult {
  /** `acknowledged`; `timed-out` after 3 s; `not-delivered` when no app is connected. */
  status: 'acknowledged' | 'timed-out' | 'not-delivered';
  /** Milliseconds until the acknowledgement. */
  ackMs?: number;
  /** The private or public answer within a command's acknowledgement. */
  message?: Message;
  /** Field errors by block id, for a submitted modal that stays open. */
  errors?: Record<string, string>;
  /** A modal that was opened with this act's trigger by the time it was acknowledged. */
  view?: OpenView;
}

/** POST /sandbox/act/command. `times`: deliver the same payload so often (default 1). */
export interface CommandAct {
  person: string;
  channel: string;
  command: string;
  text: string;
  times?: number;
}

/** POST /sandbox/act/click: a button or another block element. */
export interface ClickAct {
  person: string;
  /** Where the element is. */
  on: { channel: string; ts: string } | { viewId: string } | { home: true };
  actionId: string;
  /** Needed when several elements share the action id. */
  blockId?: string;
  /** For a select: the value picked. A button's own value is taken from the message. */
  selected?: string;
  times?: number;
}

/** POST /sandbox/act/submit: `values[blockId][actionId]` is the typed text or the picked value. */
export interface SubmitAct {
  person: string;
  viewId: string;
  values: Record<string, Record<string, string | string[]>>;
  times?: number;
}

/** POST /sandbox/act/close-view */
export interface CloseViewAct {
  person: string;
  viewId: string;
}

/** POST /sandbox/act/message */
export interface MessageAct {
  person: string;
  channel: string;
  text: string;
  threadTs?: string;
}

/** POST /sandbox/act/open-home */
export interface OpenHomeAct {
  person: string;
}

/** GET and PUT /sandbox/clock. `rate`: how many times as fast as real time; 0 when paused. */
export interface ClockState {
  /** The release's instant at `wallMs`. */
  nowMs: number;
  wallMs: number;
  rate: number;
  paused: boolean;
  /** The next due item the bot knows of, epoch ms; null when there is none or no bot. */
  nextDueMs: number | null;
}

/** POST /sandbox/clock/jump: forward only. `next` is the bot's next due item. */
export interface ClockJump {
  to: 'next' | string;
}

/**
 * GET and PUT /sandbox/faults. Each fault applies to Web API calls of `methods` (all posting methods
 * when empty), `times` times (-1: until switched off), with `probability` (default 1).
 */
export interface Fault {
  kind: 'rate-limited' | 'error-after-posting' | 'drop-after-posting' | 'error-before-posting' | 'slow';
  methods: string[];
  times: number;
  probability?: number;
  /** For `slow`: milliseconds; for `rate-limited`: Retry-After in seconds (default 1). */
  amount?: number;
}
export interface Faults {
  active: Fault[];
  /** How often each kind has fired since the workspace began. */
  fired: Record<Fault['kind'], number>;
}

/** GET /sandbox/api-calls?since=N — what the app asked of the Web API, oldest first. */
export interface ApiCall {
  seq: number;
  method: string;
  at: string;
  channel?: string;
  ok: boolean;
  /** The error code, or the fault that was played. */
  error?: string;
}

/** GET and PUT /sandbox/demo: the demo service that a release rolls out. */
export interface DemoState {
  stable: { version: string; url: string; requests: number; errors: number };
  candidate: { version: string; url: string; requests: number; errors: number };
  /** Percent of traffic on the candidate. */
  share: number;
  /** When on, the candidate answers about a third of its requests with HTTP 500. */
  faulty: boolean;
  /** Requests per second that the load generator makes. */
  load: number;
}

/** GET /sandbox/bot and POST /sandbox/bot/kill (SIGKILL; the supervisor starts it again). */
export interface BotProcess {
  pid: number | null;
  state: 'starting' | 'running' | 'stopped';
  restarts: number;
}

/** GET /sandbox/events — server-sent events; `data` is one of these. */
export type WorkspaceEvent =
  | { type: 'message'; message: Message }
  | { type: 'message-changed'; message: Message }
  | { type: 'view-opened' | 'view-updated' | 'view-closed'; personId: string; view: OpenView }
  | { type: 'home'; personId: string }
  | { type: 'clock'; clock: ClockState }
  | { type: 'faults'; faults: Faults }
  | { type: 'demo'; demo: DemoState }
  | { type: 'bot'; bot: BotProcess }
  | { type: 'app-connection'; connected: boolean };
