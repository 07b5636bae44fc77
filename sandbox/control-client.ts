import type { ChatPlatform } from './chat-platform.ts';
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
  MessageAction,
  OpenView,
  ShortcutAction,
  SubmitAction,
  Workspace,
} from './control-api.ts';

export type { ChatPlatform };

/** The workspace refused a request of the control interface; the message says why. */
export class RefusedRequestError extends Error {
  override name = 'RefusedRequestError';
}

/** The control interface as functions: what the story and the tests use, and nothing else. */
export interface ControlClient {
  /** On which platform people act by it. */
  readonly platform: ChatPlatform;
  workspace(): Promise<Workspace>;
  command(action: CommandAction): Promise<ActionResult>;
  click(action: ClickAction): Promise<ActionResult>;
  say(action: MessageAction): Promise<ActionResult>;
  shortcut(action: ShortcutAction): Promise<ActionResult>;
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

/** A client of the sandbox at `url`, for people on one platform; the clock, the demo and the bot are of both. */
export function createControlClient(url: string, platform: ChatPlatform = 'slack'): ControlClient {
  const world = `${url}/sandbox`;
  const chat = platform === 'slack' ? world : `${url}/teams/sandbox`;
  const get = <Answer>(path: string, at = chat) => ask<Answer>(at, 'GET', path);
  const post = <Answer>(path: string, body: object = {}, at = chat) => ask<Answer>(at, 'POST', path, body);
  const put = <Answer>(path: string, body: object, at = chat) => ask<Answer>(at, 'PUT', path, body);
  return {
    platform,
    workspace: () => get('workspace'),
    command: (action) => post('actions/command', action),
    click: (action) => post('actions/click', action),
    say: (action) => post('actions/message', action),
    shortcut: (action) => post('actions/shortcut', action),
    submit: (action) => post('actions/submit', action),
    closeView: (action) => post('actions/close-view', action),
    openHome: (person) => post('actions/open-home', { person }),
    messages: async (channel, query = {}) => {
      const parameters = new URLSearchParams({ ...query, limit: '1000' });
      const path = `channels/${encodeURIComponent(channel)}/messages?${parameters}`;
      return (await get<{ messages: Message[] }>(path)).messages;
    },
    direct: async (person) => (await get<{ id: string }>(`people/${person}/direct`)).id,
    views: async (person) => (await get<{ views: OpenView[] }>(`people/${person}/views`)).views,
    home: async (person) =>
      (await get<{ view: Record<string, unknown> | null }>(`people/${person}/home`)).view,
    faults: (active) => put('faults', { active }),
    clock: () => get('clock', world),
    changeClock: (change) => put('clock', change, world),
    jump: (to) => post('clock/jump', { to }, world),
    demo: () => get('demo', world),
    changeDemo: (change) => put('demo', change, world),
    bot: () => get('bot', world),
    killBot: () => post('bot/kill', {}, world),
  };
}

async function ask<Answer>(at: string, method: string, path: string, body?: object): Promise<Answer> {
  const response = await fetch(`${at}/${path}`, {
    method,
    signal: AbortSignal.timeout(30_000),
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  });
  const answer = (await response.json()) as Answer & { message?: string };
  if (!response.ok)
    throw new RefusedRequestError(
      `${method} ${new URL(at).pathname}/${path}: ${answer.message ?? response.status}`,
    );
  return answer;
}
