/** What a person does on the page. Each action answers what to say beside it; undefined when all went well. */
import type { ActionResult, ClickAction, Message, SubmitAction, WrittenFile } from '../../control-api.ts';
import type { TeamsSubmitAction } from '../../teams-control-api.ts';
import { api } from '../api.ts';
import { tooLong } from '../text/check-draft.ts';
import { splitCommand } from '../text/complete-command.ts';
import { isVote } from '../tour/hints.ts';
import { readClock } from './clock.ts';
import { refreshPerson, refreshThread, refreshViews, showHome } from './load.ts';
import { isOvertaken, NOT_SENT, type Outcome, wordsFor, wordsForStatus } from './outcome.ts';
import { change, notify, read } from './run.ts';
import { draftKey, type Place } from './state.ts';
import { dispatch, getState } from './store.ts';
import { noteVote } from './votes.ts';

export function actAs(personId: string): void {
  dispatch({ type: 'act-as', personId });
  read(refreshPerson(personId).then(() => openHomeIfThere(personId)));
}

export function goTo(place: Place): void {
  dispatch({ type: 'go', place });
  read(openHomeIfThere(getState().actor));
}

export function openThread(channel: string, ts: string): void {
  dispatch({ type: 'thread', thread: { channel, ts } });
  read(refreshThread(channel, ts));
}

/** Puts a text into the composer, of the first channel where none is open. */
export function proposeDraft(text: string): void {
  const { workspace, actor, place } = getState();
  const first = workspace?.channels.find(({ kind }) => kind === 'channel');
  const channel = place.kind === 'channel' ? place.id : first?.id;
  if (!channel) return;
  if (place.kind !== 'channel') goTo({ kind: 'channel', id: channel });
  dispatch({ type: 'draft', key: draftKey(actor, channel), text: asTyped(text) });
  requestAnimationFrame(() => document.getElementById('composer')?.focus());
}

/** A command as it is typed on the platform that is shown: in Teams the app is mentioned. */
export function asTyped(text: string): string {
  const { platform, workspace } = getState();
  return platform === 'teams' ? text.replace(/^\//, `@${workspace?.bot.name} `) : text;
}

async function openHomeIfThere(person: string): Promise<void> {
  if (getState().place.kind === 'home') await showHome(person);
}

const isCutOff = () => getState().connection === 'lost';

/** Sends what was typed: a slash command, or a message. Answers why it could not be sent. */
export async function send(
  draft: string,
  channel: string,
  threadTs?: string,
  files: WrittenFile[] = [],
): Promise<Outcome> {
  const { workspace, platform, actor: person } = getState();
  // Teams has no slash commands: whatever is typed is a message, and the app reads those that are for it.
  const typed = platform === 'slack' && files.length === 0 ? splitCommand(draft) : undefined;
  if (isCutOff()) return NOT_SENT;
  const refused = tooLong(draft) ?? (platform === 'teams' ? notForTheApp(draft, channel) : undefined);
  if (refused) return refused;
  try {
    if (!typed) {
      const attached = files.length > 0 ? { files } : {};
      const action = { person, channel, text: draft, ...attached, ...(threadTs ? { threadTs } : {}) };
      const outcome = absorb(await api.sendMessage(action), { silentWhenOffline: platform === 'slack' });
      // The message is there already, also when the app did not hear of it.
      if (outcome) notify(outcome);
      return undefined;
    }
    if (threadTs) return `${typed.command} does not work in threads. Type it in the channel.`;
    if (!workspace?.commands.some(({ command }) => command === typed.command)) {
      return `There is no command ${typed.command} here. Type / to see them all.`;
    }
    const outcome = absorb(await api.sendCommand({ person, channel, ...typed }));
    return outcome && `${typed.command}: ${outcome}`;
  } catch (error) {
    return wordsFor(error);
  }
}

/**
 * A command after a slash in a channel of Teams: it would stand there as a post for everybody, and the app, which hears
 * what mentions it, would not see it. Whoever types it means the app.
 */
function notForTheApp(draft: string, channel: string): Outcome {
  const { workspace } = getState();
  const typed = splitCommand(draft);
  const isChat = workspace?.channels.some(({ id, kind }) => id === channel && kind === 'direct');
  if (!typed || isChat) return undefined;
  if (!workspace?.commands.some(({ command }) => command.replace(/^\//, '') === typed.command.slice(1)))
    return undefined;
  return `Not sent. In Teams, ${typed.command} would be a post for everybody, and ${workspace.bot.name} would not see it. Type ${asTyped(draft.trim())}`;
}

/** Clicks a button or picks from a menu. `say` shows what the app says to the clicker alone, where that is no message. */
export async function click(
  action: Omit<ClickAction, 'person'>,
  say: (notice: string) => void = notify,
): Promise<Outcome> {
  if (isCutOff()) return NOT_SENT;
  const person = getState().actor;
  if (isVote(action.actionId)) beginVote(person);
  try {
    return absorb(await api.sendClick({ person, ...action }), { say });
  } catch (error) {
    return isOvertaken(error)
      ? 'This has changed in the meantime. Check it before you continue.'
      : wordsFor(error);
  }
}

/** Chooses one of the app's shortcuts on a message. What does not go well is said at the edge of the page. */
export function chooseShortcut({ channel, ts }: Message, callbackId: string): void {
  const say = (outcome: Outcome) => {
    if (outcome) notify(outcome);
  };
  if (isCutOff()) {
    say(NOT_SENT);
    return;
  }
  const sent = api.sendShortcut({ person: getState().actor, on: { channel, ts }, callbackId });
  void sent.then(absorb, wordsFor).then(say);
}

/** Adds one's emoji to a message, or takes it away where it is there already. */
export function react({ channel, ts, reactions = [] }: Message, name: string): void {
  const person = getState().actor;
  const has = reactions.some((reaction) => reaction.name === name && reaction.people.includes(person));
  change(() => api.sendReaction({ person, channel, ts, name, on: !has }));
}

function beginVote(person: string): void {
  dispatch({ type: 'voting', person });
  noteVote(person, readClock(getState().clock, performance.now()));
}

/** Submits a modal. Answers field errors by block id, or what to say at its foot. */
export async function submit(
  viewId: string,
  values: SubmitAction['values'],
  button: Pick<TeamsSubmitAction, 'actionId'> = {},
): Promise<{ errors: Record<string, string>; trouble: Outcome }> {
  const person = getState().actor;
  if (isCutOff()) return { errors: {}, trouble: NOT_SENT };
  try {
    const result = await api.sendSubmit({ person, viewId, values, ...button });
    const trouble = absorb(result);
    await seeViews(person);
    return { errors: result.errors ?? {}, trouble };
  } catch (error) {
    return { errors: {}, trouble: await explainRefusal(error, person, viewId) };
  }
}

/** Says so in the window, or beside it when it was sent or closed in another tab and goes here too. */
async function explainRefusal(error: unknown, person: string, viewId: string): Promise<Outcome> {
  if (!isOvertaken(error)) return wordsFor(error);
  await seeViews(person);
  const stays = getState().views[person]?.some(({ id }) => id === viewId);
  if (!stays) notify('Not sent: this window was sent or closed elsewhere in the meantime.');
  return stays ? wordsFor(error) : undefined;
}

/** Open windows, as they are now. What can't be read now is read when the connection is back. */
async function seeViews(person: string): Promise<void> {
  await refreshViews(person).catch(() => undefined);
}

/** Closes the top modal. It goes away even when the app can't be told. */
export function closeView(viewId: string): Outcome {
  if (isCutOff()) return NOT_SENT;
  const person = getState().actor;
  const left = (getState().views[person] ?? []).filter(({ id }) => id !== viewId);
  dispatch({ type: 'views', personId: person, views: left });
  // Closed elsewhere already is as good.
  const closed = api.sendCloseView({ person, viewId }).catch((error: unknown) => {
    if (!isOvertaken(error)) throw error;
    return seeViews(person);
  });
  read(closed);
  return undefined;
}

interface Absorbing {
  silentWhenOffline?: boolean;
  say?: (notice: string) => void;
}

function absorb(result: ActionResult, { silentWhenOffline = false, say = notify }: Absorbing = {}): Outcome {
  const { actor, platform } = getState();
  const messages = [result.typed, result.message].filter((message) => message !== undefined);
  if (messages.length > 0) dispatch({ type: 'messages', messages });
  if (result.view) {
    const event = { type: 'view-opened', personId: actor, view: result.view } as const;
    dispatch({ type: 'event', event, receivedAt: 0 });
  }
  if (result.notice) say(result.notice);
  // Teams says so beneath the card when it can't show what the app answered.
  if (platform === 'teams' && result.status === 'acknowledged') return result.detail;
  return silentWhenOffline ? undefined : wordsForStatus(result.status, platform);
}
