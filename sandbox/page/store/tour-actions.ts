/** What the first steps offer: each takes you where it happens, or does what you would wait for. */
import type { Message } from '../../control-api.ts';
import { api } from '../api.ts';
import { actAs, goTo } from './actions.ts';
import { findCard, offers } from './find-card.ts';
import { refreshAgenda } from './load.ts';
import { lookAt } from './look-at.ts';
import { change, notify } from './run.ts';
import { dispatch, getState } from './store.ts';
import { hasVoted } from './votes.ts';
import { whenState } from './when-state.ts';

/** Moves the clock to what is next, and goes where it shows. */
export async function jumpToNext(): Promise<void> {
  const next = getState().agenda[0];
  await api.jumpClock({ to: 'next' });
  dispatch({ type: 'hint-done', hint: 'jump' });
  if (next?.place) goToNamed(next.place);
}

/** To the vote that is open; else the clock goes to the next one. */
export function goToVote(): void {
  change(() => goToCard({ handle: 'rita', actionId: 'vote-go', dueKind: 'poll' }));
}

/** To the live card with its button; else the clock goes to go-live. */
export function goToPromotion(): void {
  change(() => goToCard({ handle: 'dana', actionId: 'promote', dueKind: 'live-card' }));
}

export function goToRollback(): void {
  change(() => goToCard({ handle: 'emil', actionId: 'roll-back' }));
}

export function breakNewVersion(faulty: boolean): void {
  change(() => api.changeDemo({ faulty }));
}

/** Everybody else who is asked and has not voted here votes go on their own ballot. */
export async function letOthersVote(): Promise<void> {
  const { workspace, actor } = getState();
  const card = findCard(getState(), 'vote-go');
  if (!card) return notify('No vote is open.');
  const others = workspace?.people.filter(({ id }) => id !== actor && !hasVoted(id, card)) ?? [];
  await Promise.all(others.map(({ id }) => voteGoAs(id, card)));
}

async function voteGoAs(person: string, card: Message): Promise<void> {
  const { id: channel } = await api.direct(person);
  const { messages } = await api.messages(channel, person);
  const ballot = messages.filter((message) => offers(message, 'vote-go')).at(-1);
  // One of an earlier vote may still have its buttons.
  if (!ballot || Date.parse(ballot.at) < Date.parse(card.at) - 60_000) return;
  await api.sendClick({ person, on: { channel, ts: ballot.ts }, actionId: 'vote-go' });
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
}

function actAsNamed(handle: string): void {
  const { workspace, actor } = getState();
  const person = workspace?.people.find(({ name }) => name === handle);
  if (person && person.id !== actor) actAs(person.id);
}

/** `#channel`, or `team/channel` as Teams has it; any other place stays where one is. */
export function goToNamed(place: string): void {
  const called = place.replace(/^#|^.*\//, '');
  const channel = getState().workspace?.channels.find(
    ({ name, kind }) => kind === 'channel' && name === called,
  );
  if (channel) goTo({ kind: 'channel', id: channel.id });
}
