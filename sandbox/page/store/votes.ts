/** Who voted here, so that nobody else's vote replaces theirs. */
import type { Message } from '../../control-api.ts';

/** Timestamps of the polls' cards on which everybody else has voted. */
const othersVoted = new Set<string>();

const votes: { person: string; at: number }[] = [];

/** `atMs`: of the workspace's clock. */
export function noteVote(person: string, atMs: number): void {
  votes.push({ person, at: atMs });
}

/** Whether a person voted after this poll's card was posted. */
export function hasVoted(person: string, card: Message): boolean {
  return votes.some((vote) => vote.person === person && vote.at >= Date.parse(card.at));
}

export function noteOthersVoted({ ts }: Message): void {
  othersVoted.add(ts);
}

/** Whether everybody else was made to vote in this poll, and the card does not mention anyone who has not. */
export function othersHaveVoted({ ts, notifies }: Message, actor: string): boolean {
  return othersVoted.has(ts) && notifies.every((id) => id === actor);
}
