import type {
  BotProcess,
  ClockState,
  DemoState,
  DueItem,
  Faults,
  Message,
  OpenView,
  ShowState,
  StartOver,
  Workspace,
  WorkspaceEvent,
} from '../../control-api.ts';
import type { Platform } from '../platform.ts';
import type { HintId } from '../tour/hints.ts';

/** What the middle of the page shows. */
export type Place = { kind: 'channel'; id: string } | { kind: 'home' };

/** Something that the page itself has to say, such as an action that was not acknowledged. */
export interface Notice {
  id: string;
  text: string;
}

export interface PageState {
  platform: Platform;
  workspace: Workspace | null;
  /** Id of the person acted as; empty until the workspace is known. */
  actor: string;
  /** The handle of whom one acted as last, on whatever platform. */
  handle: string;
  place: Place;
  thread: { channel: string; ts: string } | null;
  worldOpen: boolean;
  searchOpen: boolean;
  /** Whose profile is open. */
  profile: string | null;
  /** Drawer on narrow screens. */
  sidebarOpen: boolean;
  /** By channel, oldest first; replies and private messages included. */
  messages: Record<string, Message[]>;
  /** Open modals by person, the top one last. */
  views: Record<string, OpenView[]>;
  /** Cards that one person alone sees in place of everybody's, by `ownCardKey`; as long as the message is not edited. */
  ownCards: Record<string, Pick<Message, 'edits' | 'attachments'>>;
  homes: Record<string, Record<string, unknown> | null>;
  /** The clock as last told, `performance.now()` at that moment, and when the connection was lost since. */
  clock: { told: ClockState; receivedAt: number; lostAt?: number } | null;
  faults: Faults | null;
  demo: DemoState | null;
  bot: BotProcess | null;
  /** What the bot will do next, in order. */
  agenda: DueItem[];
  /** The story that plays by itself; null where there is none. */
  show: ShowState | null;
  /** The workspace ends and begins anew, because somebody asked here. */
  startingOver: boolean;
  /** Whether to start over is being asked, and how. */
  askingStartOver: StartOver | null;
  /** The message to look at: it is scrolled to and marked once; `takesFocus`: whoever asked goes on from there. */
  focus: { channel: string; ts: string; takesFocus?: boolean } | null;
  connection: 'connecting' | 'live' | 'lost';
  /** Newest `ts` seen, by `<person>/<channel>`. */
  lastRead: Record<string, string>;
  notices: Notice[];
  hintsDone: HintId[];
  hintsHidden: boolean;
  /** Whether the first steps were begun, rather than the show. */
  tourStarted: boolean;
  /** Whose vote was clicked and has not shown on their ballot yet. */
  voting: string | null;
  /** Light or dark; `system`: as the system prefers. */
  theme: 'system' | 'light' | 'dark';
  /** IANA zone in which instants are shown. */
  zone: string;
  /** What was typed and not sent yet, by `draftKey`. */
  drafts: Record<string, string>;
}

/** What is read anew at the start and after every reconnection. Null: this workspace doesn't have it. */
export interface Snapshot {
  platform: Platform;
  workspace: Workspace;
  clock: ClockState;
  faults: Faults;
  demo: DemoState | null;
  bot: BotProcess | null;
  show: ShowState | null;
  /** Of every channel, of the open thread, and what only the person sees. */
  messages: Message[];
  /** In Teams: the messages with the cards that the person sees. */
  ownCards: Message[];
  /** Of the person. */
  views: PageState['views'];
  /** The open thread's message is no more. */
  threadGone: boolean;
}

export type PageAction =
  | { type: 'snapshot'; snapshot: Snapshot; receivedAt: number }
  | { type: 'event'; event: WorkspaceEvent; receivedAt: number }
  | { type: 'live' }
  | { type: 'lost'; at: number }
  | { type: 'messages'; messages: Message[] }
  | { type: 'own-cards'; personId: string; messages: Message[] }
  | { type: 'views'; personId: string; views: OpenView[] }
  | { type: 'home'; personId: string; view: Record<string, unknown> | null }
  | { type: 'act-as'; personId: string }
  | { type: 'go'; place: Place }
  | { type: 'thread'; thread: PageState['thread'] }
  | { type: 'world'; open: boolean }
  | { type: 'search'; open: boolean }
  | { type: 'profile'; personId: string | null }
  | { type: 'sidebar'; open: boolean }
  | { type: 'zone'; zone: string }
  | { type: 'theme'; theme: PageState['theme'] }
  | { type: 'read'; channel: string; ts: string }
  | { type: 'notice'; notice: Notice }
  | { type: 'notice-dismissed'; id: string }
  | { type: 'hint-done'; hint: HintId }
  | { type: 'hints-hidden'; hidden: boolean }
  | { type: 'draft'; key: string; text: string }
  | { type: 'agenda'; items: DueItem[] }
  | { type: 'show'; show: ShowState }
  | { type: 'hints-reset' }
  | { type: 'tour-started' }
  | { type: 'voting'; person: string | null }
  | { type: 'starting-over' }
  | { type: 'ask-start-over'; how: StartOver | null }
  | { type: 'focus'; focus: PageState['focus'] };

export const initialState: PageState = {
  platform: 'slack',
  workspace: null,
  actor: '',
  handle: '',
  place: { kind: 'home' },
  thread: null,
  worldOpen: false,
  searchOpen: false,
  profile: null,
  sidebarOpen: false,
  messages: {},
  views: {},
  ownCards: {},
  homes: {},
  clock: null,
  faults: null,
  demo: null,
  bot: null,
  agenda: [],
  show: null,
  startingOver: false,
  askingStartOver: null,
  focus: null,
  connection: 'connecting',
  lastRead: {},
  notices: [],
  hintsDone: [],
  hintsHidden: false,
  tourStarted: false,
  voting: null,
  theme: 'system',
  zone: 'Europe/Amsterdam',
  drafts: {},
};

/** Whose draft it is, and for where. */
export function draftKey(actor: string, channel: string, threadTs = ''): string {
  return `${actor}/${channel}/${threadTs}`;
}
