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
  ShowChange,
  ShowState,
  StartOver,
  SubmitAction,
  Workspace,
} from '../control-api.ts';

/** A refusal of the control API, or no answer from it, which is status 0. `message` is fit to be shown. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

async function request<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const init: RequestInit = body
    ? { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    : { method };
  const response = await fetch(`/sandbox/${path}`, init).catch(() => {
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
const get = <Answer>(path: string) => request<Answer>('GET', path);

/** The answer, or null where this workspace doesn't have that part. */
async function orNull<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
  return answer.catch((error: unknown) => {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  });
}

export const api = {
  workspace: () => get<Workspace>('workspace'),
  messages: (channel: string, person: string) =>
    get<MessageList>(`channels/${id(channel)}/messages?person=${id(person)}&limit=1000`),
  thread: (channel: string, threadTs: string, person: string) =>
    get<MessageList>(
      `channels/${id(channel)}/messages?threadTs=${id(threadTs)}&person=${id(person)}&limit=1000`,
    ),
  ephemerals: (person: string) => get<MessageList>(`ephemerals?person=${id(person)}`),
  direct: (person: string) => get<Channel>(`people/${id(person)}/direct`),
  views: (person: string) => get<OpenViews>(`people/${id(person)}/views`),
  home: (person: string) => get<HomeTab>(`people/${id(person)}/home`),
  clock: () => get<ClockState>('clock'),
  faults: () => get<Faults>('faults'),
  demo: () => orNull(get<DemoState>('demo')),
  bot: () => orNull(get<BotProcess>('bot')),
  agenda: () => orNull(get<Agenda>('agenda')),
  show: () => orNull(get<ShowState>('show')),

  sendCommand: (action: CommandAction) => request<ActionResult>('POST', 'actions/command', action),
  sendClick: (action: ClickAction) => request<ActionResult>('POST', 'actions/click', action),
  sendSubmit: (action: SubmitAction) => request<ActionResult>('POST', 'actions/submit', action),
  sendCloseView: (action: CloseViewAction) => request<ActionResult>('POST', 'actions/close-view', action),
  sendMessage: (action: MessageAction) => request<ActionResult>('POST', 'actions/message', action),
  sendReaction: (action: ReactAction) => request<ActionResult>('POST', 'actions/react', action),
  sendOpenHome: (action: OpenHomeAction) => request<ActionResult>('POST', 'actions/open-home', action),

  changeClock: (change: ClockChange) => request<ClockState>('PUT', 'clock', change),
  jumpClock: (jump: ClockJump) => request<ClockState>('POST', 'clock/jump', jump),
  setFaults: (active: Fault[]) => request<Faults>('PUT', 'faults', { active }),
  changeDemo: (change: DemoChange) => request<DemoState>('PUT', 'demo', change),
  changeShow: (change: ShowChange) => request<ShowState>('POST', 'show', change),
  startOver: (how: StartOver) => request<{ startingOver: true }>('POST', 'start-over', how),
  killBot: () => request<BotProcess>('POST', 'bot/kill', {}),
};
