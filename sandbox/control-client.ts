import type {
  ActionResult,
  BotProcess,
  ClickAction,
  ClockChange,
  ClockState,
  CloseViewAction,
  CommandAction,
  DemoChange,
  DemoState,
  Fault,
  Faults,
  Message,
  OpenView,
  SubmitAction,
  Workspace,
} from './control-api.ts';

/** The workspace refused a request of the control interface; the message says why. */
export class RefusedRequestError extends Error {
  override name = 'RefusedRequestError';
}

/** The control interface as functions: what the story and the tests use, and nothing else. */
export interface ControlClient {
  workspace(): Promise<Workspace>;
  command(action: CommandAction): Promise<ActionResult>;
  click(action: ClickAction): Promise<ActionResult>;
  submit(action: SubmitAction): Promise<ActionResult>;
  closeView(action: CloseViewAction): Promise<ActionResult>;
  openHome(person: string): Promise<ActionResult>;
  messages(channel: string, query?: { person?: string; threadTs?: string }): Promise<Message[]>;
  direct(person: string): Promise<string>;
  views(person: string): Promise<OpenView[]>;
  home(person: string): Promise<Record<string, unknown> | null>;
  clock(): Promise<ClockState>;
  changeClock(change: ClockChange): Promise<ClockState>;
  jump(to: string): Promise<ClockState>;
  faults(active: Fault[]): Promise<Faults>;
  demo(): Promise<DemoState>;
  changeDemo(change: DemoChange): Promise<DemoState>;
  bot(): Promise<BotProcess>;
  killBot(): Promise<BotProcess>;
}

/** From so many ms on the answer only says that the bot is working on it, which is no promise. */
const lateMs = 2_400;

/** Whether the bot answered an action in time: then it is committed. */
export function wasTaken({ status, ackMs = 0 }: ActionResult): boolean {
  return status === 'acknowledged' && ackMs < lateMs;
}

/** A client of the workspace at `url`. */
export function createControlClient(url: string): ControlClient {
  const get = <Answer>(path: string) => ask<Answer>(url, 'GET', path);
  const post = <Answer>(path: string, body: object = {}) => ask<Answer>(url, 'POST', path, body);
  const put = <Answer>(path: string, body: object) => ask<Answer>(url, 'PUT', path, body);
  return {
    workspace: () => get('workspace'),
    command: (action) => post('actions/command', action),
    click: (action) => post('actions/click', action),
    submit: (action) => post('actions/submit', action),
    closeView: (action) => post('actions/close-view', action),
    openHome: (person) => post('actions/open-home', { person }),
    messages: (channel, query = {}) => allMessages(url, channel, query),
    direct: async (person) => (await get<{ id: string }>(`people/${person}/direct`)).id,
    views: async (person) => (await get<{ views: OpenView[] }>(`people/${person}/views`)).views,
    home: async (person) =>
      (await get<{ view: Record<string, unknown> | null }>(`people/${person}/home`)).view,
    clock: () => get('clock'),
    changeClock: (change) => put('clock', change),
    jump: (to) => post('clock/jump', { to }),
    faults: (active) => put('faults', { active }),
    demo: () => get('demo'),
    changeDemo: (change) => put('demo', change),
    bot: () => get('bot'),
    killBot: () => post('bot/kill'),
  };
}

async function allMessages(
  url: string,
  channel: string,
  query: { person?: string; threadTs?: string },
): Promise<Message[]> {
  const parameters = new URLSearchParams({ ...query, limit: '1000' });
  const { messages } = await ask<{ messages: Message[] }>(
    url,
    'GET',
    `channels/${channel}/messages?${parameters}`,
  );
  return messages;
}

async function ask<Answer>(url: string, method: string, path: string, body?: object): Promise<Answer> {
  const response = await fetch(`${url}/sandbox/${path}`, {
    method,
    signal: AbortSignal.timeout(30_000),
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  });
  const answer = (await response.json()) as Answer & { message?: string };
  if (!response.ok)
    throw new RefusedRequestError(`${method} /sandbox/${path}: ${answer.message ?? response.status}`);
  return answer;
}
