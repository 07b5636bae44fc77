/** What a person does on the page. Each act answers what to say beside it; undefined when all went well. */
import type { ActResult, ClickAct, SubmitAct } from '../../../src/sandbox/control-api.ts';
import { ApiError, api } from '../api.ts';
import { hintOfAct } from '../hints.ts';
import { splitCommand } from '../text/complete-command.ts';
import { refreshHome, refreshPerson, refreshThread } from './load.ts';
import type { Place } from './state.ts';
import { dispatch, getState } from './store.ts';

const NOTICE_MS = 8000;

export type Outcome = string | undefined;

const TROUBLE: Record<ActResult['status'], Outcome> = {
  acknowledged: undefined,
  'timed-out': 'The app did not answer within 3 seconds. Try again in a moment.',
  'not-delivered': 'The app is not connected right now. Try again in a moment.',
};

/** What to say about an error: the control API's own words, or that something unexpected happened. */
export function wordsFor(error: unknown): string {
  return error instanceof ApiError ? error.message : `The page failed: ${String(error)}`;
}

/** Runs something in the background and says so when it fails. */
export function inBackground(work: Promise<unknown>): void {
  work.catch((error: unknown) => notify(wordsFor(error)));
}

/** Says something to whoever looks at the page, for a while. */
export function notify(text: string): void {
  const id = crypto.randomUUID();
  dispatch({ type: 'notice', notice: { id, text } });
  setTimeout(() => dispatch({ type: 'notice-dismissed', id }), NOTICE_MS);
}

export function actAs(personId: string): void {
  dispatch({ type: 'act-as', personId });
  dispatch({ type: 'hint-done', hint: 'act-as' });
  inBackground(refreshPerson(personId).then(() => openHomeIfThere(personId)));
}

export function goTo(place: Place): void {
  dispatch({ type: 'go', place });
  inBackground(openHomeIfThere(getState().actor));
}

export function openThread(channel: string, ts: string): void {
  dispatch({ type: 'thread', thread: { channel, ts } });
  inBackground(refreshThread(channel, ts));
}

async function openHomeIfThere(person: string): Promise<void> {
  if (getState().place.kind !== 'home') return;
  await Promise.all([api.actOpenHome({ person }), refreshHome(person)]);
  await refreshHome(person);
}

/** Sends what was typed: a slash command, or a message. Answers why it could not be sent. */
export async function send(draft: string, channel: string, threadTs?: string): Promise<Outcome> {
  const { workspace, actor: person } = getState();
  const typed = splitCommand(draft);
  try {
    if (!typed) {
      const act = { person, channel, text: draft, ...(threadTs ? { threadTs } : {}) };
      return absorb(await api.actMessage(act), { silentWhenOffline: true });
    }
    if (threadTs) return `${typed.command} does not work in threads. Type it in the channel.`;
    if (!workspace?.commands.some(({ command }) => command === typed.command)) {
      return `There is no command ${typed.command} here. Type / to see what there is.`;
    }
    const outcome = absorb(await api.actCommand({ person, channel, ...typed }));
    markHint(typed.command, outcome);
    return outcome && `${typed.command}: ${outcome}`;
  } catch (error) {
    return wordsFor(error);
  }
}

/** Clicks a button or picks from a menu. */
export async function click(act: Omit<ClickAct, 'person'>): Promise<Outcome> {
  try {
    const outcome = absorb(await api.actClick({ person: getState().actor, ...act }));
    markHint(act.actionId, outcome);
    return outcome;
  } catch (error) {
    return wordsFor(error);
  }
}

/** Submits a modal. Answers field errors by block id, or what to say at its foot. */
export async function submit(
  viewId: string,
  values: SubmitAct['values'],
): Promise<{ errors: Record<string, string>; trouble: Outcome }> {
  const person = getState().actor;
  try {
    const result = await api.actSubmit({ person, viewId, values });
    const trouble = absorb(result);
    const open = await api.views(person);
    dispatch({ type: 'views', personId: person, views: open.views });
    return { errors: result.errors ?? {}, trouble };
  } catch (error) {
    return { errors: {}, trouble: wordsFor(error) };
  }
}

/** Closes the top modal. It goes away even when the app can't be told. */
export function closeView(viewId: string): void {
  const person = getState().actor;
  const left = (getState().views[person] ?? []).filter(({ id }) => id !== viewId);
  dispatch({ type: 'views', personId: person, views: left });
  inBackground(api.actCloseView({ person, viewId }));
}

function absorb(result: ActResult, options = { silentWhenOffline: false }): Outcome {
  const { actor } = getState();
  if (result.message) dispatch({ type: 'messages', messages: [result.message] });
  if (result.view) {
    const event = { type: 'view-opened', personId: actor, view: result.view } as const;
    dispatch({ type: 'event', event, receivedAt: 0 });
  }
  return options.silentWhenOffline ? undefined : TROUBLE[result.status];
}

function markHint(name: string, outcome: Outcome): void {
  const hint = hintOfAct(name);
  if (hint && outcome === undefined) dispatch({ type: 'hint-done', hint });
}
