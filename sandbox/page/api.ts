/** Every call that the page makes: the workspace's control API, typed. */
import type {
  ActionResult,
  Agenda,
  BotProcess,
  Channel,
  ClickAction,
  ClockChange,
  ClockJump,
  ClockState,
  CloseViewAction,
  CommandAction,
  ControlError,
  DemoChange,
  DemoState,
  Fault,
  Faults,
  HomeTab,
  MessageAction,
  MessageList,
  OpenHomeAction,
  OpenViews,
  ReactAction,
  ShortcutAction,
  ShowChange,
  ShowState,
  StartOver,
  SubmitAction,
  Workspace,
} from '../control-api.ts';
import type { RefreshAction, TeamsSubmitAction } from '../teams-control-api.ts';
import type { Platform } from './platform.ts';

/** A refusal of the control API, or no answer from it, which is status 0. `message` is fit to be shown. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** What is of one chat, by platform; clock, demo, bot and show are of both. */
const bases: Record<Platform | 'world', string> = {
  slack: '/sandbox/',
  teams: '/teams/sandbox/',
  world: '/sandbox/',
};

let shown: Platform = 'slack';

/** From now on all calls go to this platform, and what the other one still answers reaches nobody. */
export function turnTo(platform: Platform): void {
  shown = platform;
}

/** Where the events of a platform are. */
export function eventsOf(platform: Platform): string {
  return `${bases[platform]}events`;
}

/** A call to the chat that is shown. */
async function request<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const asked = shown;
  try {
    return await ask<Answer>(asked, method, path, body);
  } finally {
    // Whoever asked is not on the page any more.
    if (asked !== shown) await new Promise(() => undefined);
  }
}

async function ask<Answer>(
  where: Platform | 'world',
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const init: RequestInit = body
    ? { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    : { method };
  const response = await fetch(`${bases[where]}${path}`, init).catch(() => {
    throw new ApiError(0, 'The workspace does not answer.');
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    const refusal = answer as Partial<ControlError> | undefined;
    throw new ApiError(response.status, refusal?.message ?? `The workspace answered ${response.status}.`);
  }
  return answer as Answer;
}

const id = encodeURIComponent;

/** As a person sees it; null: as everybody does. */
const seenBy = (person: string | null) => (person === null ? '' : `person=${id(person)}&`);

const get = <Answer>(path: string) => request<Answer>('GET', path);
const getWorld = <Answer>(path: string) => ask<Answer>('world', 'GET', path);
const changeWorld = <Answer>(method: 'PUT' | 'POST', path: string, body: unknown) =>
  ask<Answer>('world', method, path, body);

/** The answer, or null where this workspace doesn't have that part. */
async function orNull<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
  return answer.catch((error: unknown) => {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  });
}

export const api = {
  workspace: () => get<Workspace>('workspace'),
  messages: (channel: string, person: string | null) =>
    get<MessageList>(`channels/${id(channel)}/messages?${seenBy(person)}limit=1000`),
  thread: (channel: string, threadTs: string, person: string | null) =>
    get<MessageList>(`channels/${id(channel)}/messages?threadTs=${id(threadTs)}&${seenBy(person)}limit=1000`),
  ephemerals: (person: string) => get<MessageList>(`ephemerals?person=${id(person)}`),
  direct: (person: string) => get<Channel>(`people/${id(person)}/direct`),
  views: (person: string) => get<OpenViews>(`people/${id(person)}/views`),
  home: (person: string) => get<HomeTab>(`people/${id(person)}/home`),
  clock: () => getWorld<ClockState>('clock'),
  faults: () => get<Faults>('faults'),
  demo: () => orNull(getWorld<DemoState>('demo')),
  bot: () => orNull(getWorld<BotProcess>('bot')),
  agenda: () => orNull(getWorld<Agenda>('agenda')),
  show: () => orNull(getWorld<ShowState>('show')),

  sendCommand: (action: CommandAction) => request<ActionResult>('POST', 'actions/command', action),
  sendClick: (action: ClickAction) => request<ActionResult>('POST', 'actions/click', action),
  sendSubmit: (action: SubmitAction & TeamsSubmitAction) =>
    request<ActionResult>('POST', 'actions/submit', action),
  sendShortcut: (action: ShortcutAction) => request<ActionResult>('POST', 'actions/shortcut', action),
  sendRefresh: (action: RefreshAction) => request<ActionResult>('POST', 'actions/refresh', action),
  sendCloseView: (action: CloseViewAction) => request<ActionResult>('POST', 'actions/close-view', action),
  sendMessage: (action: MessageAction) => request<ActionResult>('POST', 'actions/message', action),
  sendReaction: (action: ReactAction) => request<ActionResult>('POST', 'actions/react', action),
  sendOpenHome: (action: OpenHomeAction) => request<ActionResult>('POST', 'actions/open-home', action),

  changeClock: (change: ClockChange) => changeWorld<ClockState>('PUT', 'clock', change),
  jumpClock: (jump: ClockJump) => changeWorld<ClockState>('POST', 'clock/jump', jump),
  setFaults: (active: Fault[]) => request<Faults>('PUT', 'faults', { active }),
  changeDemo: (change: DemoChange) => changeWorld<DemoState>('PUT', 'demo', change),
  changeShow: (change: ShowChange) => changeWorld<ShowState>('POST', 'show', change),
  startOver: (how: StartOver) => changeWorld<{ startingOver: true }>('POST', 'start-over', how),
  killBot: () => changeWorld<BotProcess>('POST', 'bot/kill', {}),
};
