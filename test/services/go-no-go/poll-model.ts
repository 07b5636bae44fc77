import type { PollOutcome } from '../../../src/core/go-no-go/decide-poll.ts';
import type { PersonName } from '../../support/test-services.ts';

export type Choice = 'go' | 'no_go' | 'conditional_go' | 'abstain';

/** A vote as the model has it; `dueAt` is of its condition, epoch ms. */
export interface ModelVote {
  choice: Choice;
  dueAt: number | null;
  ticked: boolean;
  verdict: 'met' | 'unmet' | null;
}

export interface ModelPoll {
  open: boolean;
  outcome: PollOutcome | null;
  closesAt: number;
  version: number;
  round: number;
  votes: Map<PersonName, ModelVote>;
}

const hourMs = 3_600_000;

/** What a go/no-go has to be like, without a database: six voters who all have to agree. */
export class PollModel {
  polls: ModelPoll[] = [];
  version = 0;
  approved = false;
  decisions = 0;
  /** The polls on which the go rests. */
  private basis: ModelPoll[] = [];
  now: number;
  private readonly goLiveAt: number;

  constructor(now: number, goLiveAt: number) {
    this.now = now;
    this.goLiveAt = goLiveAt;
  }

  get last(): ModelPoll | undefined {
    return this.polls.at(-1);
  }

  ask(): void {
    if (this.last?.open) return;
    const closesAt = Math.min(this.now + 24 * hourMs, this.goLiveAt);
    const { version } = this;
    this.polls.push({ open: true, outcome: null, closesAt, version, round: 1, votes: new Map() });
  }

  /** Whether it was counted. */
  vote(person: PersonName, choice: Choice, dueAt: number | null): boolean {
    if (!this.last?.open) return false;
    this.last.votes.set(person, { choice, dueAt, ticked: false, verdict: null });
    return true;
  }

  close(poll = this.last): void {
    if (!poll?.open) return;
    const cast = [...poll.votes.values()];
    const isAgainst = cast.some((vote) => vote.choice === 'no_go' || vote.verdict === 'unmet');
    const hasGo = cast.some(({ choice }) => choice === 'go' || choice === 'conditional_go');
    const isFull = cast.length === 6;
    if (isAgainst || (isFull && !hasGo)) this.end(poll, 'no_go');
    else if (isFull) this.end(poll, 'go');
    else this.end(poll, this.approved ? 'go_stands' : 'timed_out');
  }

  private end(poll: ModelPoll, outcome: PollOutcome): void {
    poll.open = false;
    poll.outcome = outcome;
    this.decisions += 1;
    if (outcome === 'go') this.basis = [poll];
    else if (outcome === 'go_stands') {
      if (this.basis.length > 0) this.basis.push(poll);
    } else this.basis = [];
    this.approved = outcome === 'go' || outcome === 'go_stands' || outcome === 'overridden';
  }

  /** Whether it was done. */
  override(): boolean {
    const { last } = this;
    if (this.approved || !last || last.version !== this.version) return false;
    this.end(last, 'overridden');
    return true;
  }

  edit(): void {
    this.version += 1;
    this.approved = false;
    this.basis = [];
    if (!this.last?.open) return;
    this.last.votes.clear();
    this.last.version = this.version;
    this.last.round += 1;
  }

  /** Whatever is due until then happens at its instant. */
  waitUntil(end: number): void {
    for (;;) {
      const due = this.polls.flatMap((poll) => [
        ...(poll.open ? [{ at: poll.closesAt, run: () => this.close(poll) }] : []),
        ...[...poll.votes.values()].flatMap((vote) =>
          vote.dueAt !== null && vote.verdict === null
            ? [{ at: vote.dueAt, run: () => this.judge(poll, vote) }]
            : [],
        ),
      ]);
      const [next] = due.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at);
      if (!next) break;
      next.run();
    }
    this.now = end;
  }

  private judge(poll: ModelPoll, vote: ModelVote): void {
    vote.verdict = vote.ticked ? 'met' : 'unmet';
    if (vote.verdict === 'met' || poll.open || !this.basis.includes(poll) || !this.approved) return;
    for (const each of this.basis) each.outcome = 'no_go';
    this.end(poll, 'no_go');
  }
}
