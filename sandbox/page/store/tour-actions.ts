/** What the first steps offer: each takes you where it happens, or does what you would wait for. */
import type { Channel, Message } from '../../control-api.ts';
import { api } from '../api.ts';
import { isReaderOf } from '../teams/cards/is-reader-of.ts';
import { actAs, goTo, proposeDraft } from './actions.ts';
import { findCard, findRollout, offers } from './find-card.ts';
import { refreshAgenda } from './load.ts';
import { lookAt } from './look-at.ts';
import { channelMessages, compareTs, releaseKeysIn } from './messages.ts';
import { change, notify, read } from './run.ts';
import { dispatch, getState } from './store.ts';
import { hasVoted, noteOthersVoted } from './votes.ts';
import { whenState } from './when-state.ts';

/** Moves the clock to what is next, and goes where it shows. */
export async function jumpToNext(): Promise<void> {
  const next = getState().agenda[0];
  const channel = channelNamed(next?.place);
  const since = channel && getState().messages[channel.id]?.at(-1)?.ts;
  await api.jumpClock({ to: 'next' });
  dispatch({ type: 'hint-done', hint: 'jump' });
  if (!channel) return;
  goTo({ kind: 'channel', id: channel.id });
  read(lookAtNews(channel.id, since ?? '0'));
}

/** Long messages are read from their top: looks at the first one that comes, if one is still there. */
async function lookAtNews(channel: string, since: string): Promise<void> {
  const came = await whenState(({ messages, actor }) =>
    channelMessages(messages[channel] ?? [], actor).find(({ ts }) => compareTs(ts, since) > 0),
  );
  const { place } = getState();
  if (came && place.kind === 'channel' && place.id === channel)
    dispatch({ type: 'focus', focus: { channel, ts: came.ts } });
}

/** To the vote that is open; else the clock goes to the next one. */
export function goToVote(): Promise<void> {
  return change(() => goToCard({ handle: 'rita', actionId: 'vote-go', dueKind: 'poll' }));
}

/** To the live card with its button; else the clock goes to go-live. */
export function goToPromotion(): Promise<void> {
  return change(() => goToCard({ handle: 'dana', actionId: 'promote', dueKind: 'live-card' }));
}

export function goToRollback(): Promise<void> {
  return change(() => goToCard({ handle: 'emil', actionId: 'roll-back' }));
}

/** Breaks the new version, and goes where that shows. */
export function watchItBreak(): void {
  breakNewVersion(true);
  const { place } = getState();
  const card = findRollout(getState());
  if (card && (place.kind !== 'channel' || place.id !== card.channel)) lookAt(card);
}

/** To the card of the decision that was no go: Rita asks again from there. */
export function goToAskAgain(): Promise<void> {
  return change(() => goToCard({ handle: 'rita', actionId: 'ask-again' }));
}

/** The command that asks again, for whoever plays Rita to send. */
export function proposeAskAgain(): void {
  actAsNamed('rita');
  const [key = ''] = releaseKeysIn(getState().messages);
  proposeDraft(`/release go-no-go ${key}`);
}

export function breakNewVersion(faulty: boolean): void {
  change(() => api.changeDemo({ faulty }));
}

/** Everybody else who is asked and has not voted here votes go: on their own ballot, or on the card that names them. */
export async function letOthersVote(): Promise<void> {
  const { workspace, actor } = getState();
  const card = findCard(getState(), 'vote-go');
  if (!card) return notify('No vote is open.');
  const others = workspace?.people.filter(({ id }) => id !== actor && !hasVoted(id, card)) ?? [];
  const voted = await Promise.all(others.map(({ id }) => voteGoAs(id, card)));
  // Before the first ballot has arrived nobody can vote.
  if (voted.includes(true)) noteOthersVoted(card);
}

/** Whether the person had a ballot to vote on. */
async function voteGoAs(person: string, card: Message): Promise<boolean> {
  const { id: channel } = await api.direct(person);
  const { messages } = await api.messages(channel, person);
  const ballot = messages.filter((message) => offers(message, 'vote-go')).at(-1);
  // One of an earlier vote may still have its buttons.
  const isOfThisVote = ballot && Date.parse(ballot.at) >= Date.parse(card.at) - 60_000;
  const reader = getState().workspace?.people.find(({ id }) => id === person);
  const on = isOfThisVote ? ballot : reader && isReaderOf(card, reader) ? card : undefined;
  if (!on) return false;
  await api.sendClick({ person, on: { channel: on.channel, ts: on.ts }, actionId: 'vote-go' });
  return true;
}

interface Way {
  handle: string;
  actionId: string;
  /** What the clock goes to when there is no such card yet. */
  dueKind?: string;
}

async function goToCard({ handle, actionId, dueKind }: Way): Promise<void> {
  actAsNamed(handle);
  const there = findCard(getState(), actionId);
  if (there) return lookAt(there);
  await refreshAgenda();
  const due = getState().agenda.find(({ kind }) => kind === dueKind);
  if (!due) return notify('That is not on the schedule any more. Start over in World.');
  await api.jumpClock({ to: new Date(due.atMs).toISOString() });
  dispatch({ type: 'hint-done', hint: 'jump' });
  if (due.place) goToNamed(due.place);
  const came = await whenState((state) => findCard(state, actionId));
  if (came) lookAt(came);
  else notify('The card does not offer that yet. It says why.');
}

function actAsNamed(handle: string): void {
  const { workspace, actor } = getState();
  const person = workspace?.people.find(({ name }) => name === handle);
  if (!person || person.id === actor) return;
  actAs(person.id);
  notify(`You are ${person.realName} now, ${person.title}.`);
}

/** `#channel`, or `team/channel` as Teams has it; any other place stays where one is. */
export function goToNamed(place: string): void {
  const channel = channelNamed(place);
  if (channel) goTo({ kind: 'channel', id: channel.id });
}

function channelNamed(place: string | null | undefined): Channel | undefined {
  const called = place?.replace(/^#|^.*\//, '');
  return getState().workspace?.channels.find(({ name, kind }) => kind === 'channel' && name === called);
}
