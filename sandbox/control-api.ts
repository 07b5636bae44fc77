/**
 * The HTTP control API of the local workspaces, as types and limits. Everything is JSON under `/sandbox/` for Slack
 * and under `/teams/sandbox/` for Teams; an error is `{ error: string, message: string }` with a 4xx status. What
 * only Teams has is in `teams-control-api.ts`. Described for people in `docs/sandbox.md`.
 */
import type { Reaction } from './reactions-api.ts';
import type { ShowState } from './show/show-api.ts';

/** How many characters a typed message has at most, as in Slack, and what is typed after a command. */
export const LONGEST_MESSAGE = 40_000;
export const LONGEST_COMMAND = 20_000;

/** Every refusal of the control API. `error` is one of a few stable codes, `message` says what to do. */
export interface ControlError {
  error: 'invalid_request' | 'not_found' | 'conflict' | 'forbidden';
  message: string;
}

export interface Person {
  /** `U…`; in Teams the object id of Entra. */
  id: string;
  /** Handle without `@`. */
  name: string;
  realName: string;
  title: string;
  email: string;
  /** Background colour of the avatar, `#rrggbb`. */
  color: string;
  /** Teams only: who this is for the bot, `29:…`. */
  mri?: string;
}

export interface Channel {
  /** `C…` for channels, `D…` for direct messages with the bot; in Teams `19:…` and `a:…`. */
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
  /** What the app offers in the menu of a message. */
  shortcuts: MessageShortcut[];
}

export interface MessageShortcut {
  callbackId: string;
  name: string;
}

/**
 * GET /sandbox/channels/:id/messages?person=U…&threadTs=…&before=ts&limit=N, and
 * GET /sandbox/ephemerals?person=U…&channel=C… (private messages only). Oldest first; `limit` (default
 * 200, at most 1000) counts from the newest. Without `threadTs`: what stands in the channel itself.
 * With it: the thread's parent, then its replies. `person` adds the messages that only this person sees.
 */
export interface MessageList {
  messages: Message[];
  /** True when older ones were left off; ask again with `before` set to the first one's `ts`. */
  hasMore: boolean;
}

/**
 * A message as a person sees it. `blocks` is Block Kit as the app sent it; in Teams there are `attachments` and
 * `entities` instead, `ts` is the activity's id and `text` has mentions as `<at>…</at>`.
 */
export interface Message {
  ts: string;
  channel: string;
  /** `U…` of a person, or the bot's user id. */
  user: string;
  text: string;
  blocks?: unknown[];
  /** Teams only; with `person` in the query, cards are those that this person sees. */
  attachments?: Attachment[];
  /** Teams only: what a notification says of a card. */
  summary?: string;
  /** Teams only. */
  entities?: Record<string, unknown>[];
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
  /** Left out while there are none. */
  reactions?: Reaction[];
  /** What a person sent along; left out while there is nothing. */
  files?: { id: string; name: string }[];
}

/** Something that a Teams message carries: mostly an Adaptive Card, as the app sent it. */
export interface Attachment {
  contentType: string;
  content: Record<string, unknown>;
}

/** Whether a message of the bot has a button with this action, by its blocks; on a card it is a verb (`hasVerb`). */
export function hasAction({ blocks = [] }: Pick<Message, 'blocks'>, actionId: string): boolean {
  return blocks.some((block) => {
    const { elements = [], accessory } = block as Partial<Record<'elements', Element[]>> & {
      accessory?: Element;
    };
    return [...elements, accessory].some((element) => element?.action_id === actionId);
  });
}

interface Element {
  action_id?: string;
}

/** Whether a card of a message has a button with this verb, also one that stands behind a question. */
export function hasVerb({ attachments = [] }: Pick<Message, 'attachments'>, verb: string): boolean {
  const isIn = (node: unknown): boolean =>
    typeof node === 'object' &&
    node !== null &&
    (('verb' in node && node.verb === verb) || Object.values(node).some(isIn));
  return isIn(attachments);
}

/** GET /sandbox/people/:id/views — the stack of open modals, the top one last. */
export interface OpenViews {
  views: OpenView[];
}

/** A modal. In Teams a dialog: `view` is `{ card, width?, height? }`, and `callbackId` is empty. */
export interface OpenView {
  id: string;
  hash: string;
  callbackId: string;
  title: string;
  view: Record<string, unknown>;
}

// GET /sandbox/people/:id/direct answers the `Channel` of a person and the bot, made when it isn't there.

/** GET /sandbox/people/:id/home — `view` is null until the app published one. */
export interface HomeTab {
  personId: string;
  view: Record<string, unknown> | null;
}

/** What came back to the person from the app, as Slack would show it. */
export interface ActionResult {
  /** `acknowledged`; `timed-out` after 3 s; `not-delivered` when no app is connected. */
  status: 'acknowledged' | 'timed-out' | 'not-delivered';
  /** Milliseconds until the acknowledgement. */
  ackMs?: number;
  /**
   * The private or public answer within a command's acknowledgement; for actions/message the message itself. In
   * Teams, for a command: what the app posted in answer by then.
   */
  message?: Message;
  /** Teams only: the message that the person wrote, for a command. */
  typed?: Message;
  /** Teams only: a sentence that the app answered to a click or a submission, shown to this person for a moment. */
  notice?: string;
  /** Why it was not delivered, or what of the app's answer Slack would refuse to show. */
  detail?: string;
  /** Field errors by block id, for a submitted modal that stays open. */
  errors?: Record<string, string>;
  /** A modal that was opened with this action's trigger by the time it was acknowledged. */
  view?: OpenView;
  /** One entry a delivery when `times` was given; the fields above tell of the first. */
  deliveries?: { status: ActionResult['status']; ackMs?: number }[];
}

/**
 * POST /sandbox/actions/command. `command` with its slash, which is not typed in Teams: there it is a message,
 * `@tminus promote …` in a channel and `promote …` in the personal chat. `text` as typed: `@name` and `#channel` become
 * ids where the app's manifest asks for it.
 */
export interface CommandAction {
  person: string;
  channel: string;
  command: string;
  text: string;
  /** Deliver the same payload so often (default 1, at most 10). */
  times?: number;
}

/** POST /sandbox/actions/click: a button or another block element; where it has a `confirm`, by someone who confirmed. */
export interface ClickAction {
  person: string;
  /** Where the element is. */
  on: { channel: string; ts: string } | { viewId: string } | { home: true };
  actionId: string;
  /** Needed when several elements share the action id. */
  blockId?: string;
  /**
   * For a select, an overflow menu, radio buttons: the value picked; for checkboxes and multi-selects:
   * all of them. People and channels by id, dates as `2026-11-21`, times as `14:30`, a date-time picker
   * in epoch seconds. A button's own value is taken from the message.
   */
  selected?: string | string[];
  /** What else stands in the inputs around it, as for actions/submit. Sent in the payload's `state`. */
  values?: SubmitAction['values'];
  times?: number;
}

/**
 * POST /sandbox/actions/submit: `values[blockId][actionId]` is the typed text or the picked value. What is
 * left out keeps its initial value. Block ids are those in the view as GET …/views gives it (the
 * workspace makes one up where the app gave none, as Slack does). Slack's own checks (a required input is
 * empty, a text is too long) answer `errors` without asking the app.
 */
export interface SubmitAction {
  person: string;
  viewId: string;
  values: Record<string, Record<string, string | string[]>>;
  times?: number;
}

/** POST /sandbox/actions/shortcut: one of the app's shortcuts, chosen in the menu of a message. */
export interface ShortcutAction {
  person: string;
  on: { channel: string; ts: string };
  callbackId: string;
  times?: number;
}

/** POST /sandbox/actions/close-view */
export interface CloseViewAction {
  person: string;
  viewId: string;
}

/**
 * POST /sandbox/actions/message. Typed text: `@name`, `@channel`, `@here` and `#channel` become mentions; all
 * else is literal. `channel` may be a direct message with the bot. `status` tells whether the app took the
 * event: `acknowledged` too when the app does not subscribe to it.
 */
export interface MessageAction {
  person: string;
  channel: string;
  /** May be empty when there is a file. */
  text: string;
  files?: WrittenFile[];
  threadTs?: string;
}

/** A text file that somebody sends along. */
export interface WrittenFile {
  name: string;
  text: string;
}

/** POST /sandbox/actions/open-home: the app is told (`app_home_opened`); the tab is read by GET …/home. */
export interface OpenHomeAction {
  person: string;
}

/** PUT /sandbox/clock. Answers the new `ClockState`. */
export interface ClockChange {
  /** Above 0, at most 100,000. */
  rate?: number;
  paused?: boolean;
}

/**
 * GET /sandbox/clock, and the answer of PUT and of jump. `rate`: how many times as fast as real time while
 * it runs; a paused clock keeps its rate for later and stands at `nowMs`.
 */
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

/** What both platforms can do to an app. */
export const faultKinds = [
  'rate-limited',
  'error-after-posting',
  'drop-after-posting',
  'error-before-posting',
  'slow',
] as const;

/** What Teams does besides: 412, 413, 502 and 503; 429 without `Retry-After`; cut before anything was stored. */
export const teamsFaultKinds = [
  ...faultKinds,
  'rate-limited-without-hint',
  'precondition-failed',
  'too-big',
  'bad-gateway',
  'unavailable',
  'drop-before-posting',
] as const;

export type FaultKind = (typeof teamsFaultKinds)[number];

/**
 * GET and PUT /sandbox/faults. Each fault applies to calls of `methods` of the Web API or of the connector (all
 * posting methods when empty), `times` times (-1: until switched off), with `probability` (default 1).
 */
export interface Fault {
  kind: FaultKind;
  methods: string[];
  times: number;
  probability?: number;
  /** For `slow`: milliseconds; for `rate-limited`: Retry-After in seconds (default 1). */
  amount?: number;
}
export interface Faults {
  active: Fault[];
  /** How often each kind has fired since the workspace began. */
  fired: Record<FaultKind, number>;
}

/** As long as nothing went wrong on demand. */
export const noFaultFired = Object.fromEntries(teamsFaultKinds.map((kind) => [kind, 0])) as Faults['fired'];

/**
 * POST /sandbox/app/disconnect: what Slack does to Socket Mode connections now and then. `drop` cuts them
 * without a word; the others send the `disconnect` frame of that reason, and close where Slack would.
 * Answers `{ connections: N }`, how many were told.
 */
export interface DisconnectApp {
  how: 'warning' | 'refresh_requested' | 'link_disabled' | 'drop';
}

/**
 * GET /sandbox/api-calls?since=N — what the app asked of the Web API or of the connector after number N, oldest first. The
 * last 10,000 are kept.
 */
export interface ApiCalls {
  calls: ApiCall[];
}

export interface ApiCall {
  seq: number;
  method: string;
  at: string;
  channel?: string;
  ok: boolean;
  /** The error code, or the fault that was played. */
  error?: string;
}

/** PUT /sandbox/demo. Answers the new `DemoState`. */
export type { DemoChange } from './demo/demo-change.ts';
export type { ReactAction, Reaction } from './reactions-api.ts';
export type { ShowChange, ShowState, StartOver } from './show/show-api.ts';

/** GET /sandbox/demo, and the answer of PUT: the demo service that a release rolls out. */
export interface DemoState {
  stable: { version: string; url: string; requests: number; errors: number };
  candidate: { version: string; url: string; requests: number; errors: number };
  /** Percent of traffic on the candidate. */
  weight: number;
  /** When on, the candidate answers about a third of its requests with HTTP 500. */
  faulty: boolean;
  /** Requests per second that the load generator makes. */
  load: number;
}

/** GET /sandbox/agenda: what the bot will do next, in order. */
export interface Agenda {
  items: DueItem[];
}

export interface DueItem {
  /** Epoch ms of the clock. */
  atMs: number;
  /** Of an item of the schedule: `message`, `poll` or `live-card`; else what the timer is for, such as `soak-over`. */
  kind: string;
  title: string;
  /** Where it will be seen first, such as `#executives`. */
  place: string | null;
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
  | { type: 'message-deleted'; channel: string; ts: string; threadTs?: string; onlyFor?: string }
  | { type: 'reactions'; channel: string; ts: string; reactions: Reaction[] }
  | { type: 'channel'; channel: Channel }
  | { type: 'view-opened' | 'view-updated' | 'view-closed'; personId: string; view: OpenView }
  | { type: 'home'; personId: string }
  | { type: 'clock'; clock: ClockState }
  | { type: 'faults'; faults: Faults }
  | { type: 'demo'; demo: DemoState }
  | { type: 'bot'; bot: BotProcess }
  | { type: 'show'; show: ShowState }
  | { type: 'app-connection'; connected: boolean };
