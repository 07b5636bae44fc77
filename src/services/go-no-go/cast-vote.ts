import * as z from 'zod';
import { command } from '../../core/card/card.ts';
import { line } from '../../core/card/line.ts';
import type { Vote } from '../../core/go-no-go/vote.ts';
import type { RoleName } from '../../core/plan/roles.ts';
import type { Release } from '../../db/queries/load-release.ts';
import type { Poll } from '../../db/queries/polls.ts';
import { listWords } from '../../lib/list-words.ts';
import type { Ctx } from '../kernel/context.ts';
import { actorName } from '../kernel/permissions.ts';
import type { CheckRight } from '../kernel/refuse-invalid.ts';
import { done, type Refusal, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { inPlaceOf } from '../kernel/stand-ins.ts';
import { runVerb } from '../kernel/verb.ts';
import { addCondition, dropConditions, refuseCondition } from './conditions.ts';
import { keepEvidence } from './keep-evidence.ts';
import { loadBallot } from './load-ballot.ts';
import { tellAllVoted } from './tell-all-voted.ts';
import { type VoteInput, voteInput } from './vote-input.ts';
import { replaceVotes } from './write-votes.ts';

export interface CastVote {
  releaseKey: string;
  choice: Vote['choice'];
  roles: RoleName[];
  /** Whether it took the place of an earlier vote. */
  changed: boolean;
}

/**
 * Records a person's vote for every role they hold in the poll. Until the poll closes a vote can be changed; the last
 * one stands, and the earlier ones are kept. A condition becomes a task.
 */
export function castVote(args: { ctx: Ctx; input: z.input<typeof voteInput> }): Promise<Result<CastVote>> {
  return runVerb({ name: 'go-no-go.vote', input: voteInput, checkRight: checkBallot, run: vote }, args);
}

/** Someone who doesn't vote is told so before being told that a reason is missing. */
const checkBallot: CheckRight = async (scope, input) => {
  const named = z.object({ pollId: z.uuid() }).safeParse(input);
  if (!named.success) return null;
  const ballot = await loadBallot(scope, named.data.pollId);
  return ballot.ok ? done(ballot.value.release.id) : ballot;
};

async function vote(scope: Scope, input: VoteInput): Promise<Result<CastVote>> {
  const loaded = await loadBallot(scope, input.pollId, { lost: ', so your vote was not counted' });
  if (!loaded.ok) return loaded;
  const { release, poll, roles } = loaded.value;
  const refusal = refuseOutdated(release, poll, input) ?? refuseCondition(scope, release, input);
  if (refusal) return { ok: false, refusal };
  const earlier = poll.votes.filter((entry) => roles.includes(entry.role));
  const cast = roles.map((role) => voteFor(scope, { release, role, input }));
  await dropConditions(scope, { pollId: poll.id, votes: earlier, why: 'changed' });
  const task = await addCondition(scope, release, { condition: input.condition, votes: cast });
  const evidence = await keepEvidence(scope, release);
  await replaceVotes(scope, { pollId: poll.id, votes: cast, earlier, task, evidence });
  const details = {
    choice: input.choice,
    reason: input.reason,
    category: input.category,
    condition: input.condition && {
      ...input.condition,
      dueAt: new Date(input.condition.dueAt).toISOString(),
      task,
    },
    round: poll.round,
    evidence,
    roles,
    names: Object.fromEntries(cast.map(({ role, personName }) => [role, personName])),
    inPlaceOf: absentHolders(scope, release, roles),
    earlier: earlier.map(({ role, choice, reason }) => ({ role, choice, reason })),
  };
  scope.actWith({ to: 'poll.vote', as: roles });
  scope.audit({ action: 'vote.cast', releaseId: release.id, subject: poll.id, details });
  const others = poll.votes.filter(({ role }) => !roles.includes(role));
  await tellAllVoted(scope, release, { ...poll, votes: [...others, ...cast] });
  // A ballot shows the votes of its own roles.
  const sameRoles = release.people.filter(({ role }) => roles.includes(role));
  scope.invalidateCards(release.id, sameRoles);
  return done({ releaseKey: release.key, choice: input.choice, roles, changed: earlier.length > 0 });
}

/** A button or a form from before the plan changed is not a vote on what it is now. */
function refuseOutdated(release: Release, poll: Poll, { round }: VoteInput): Refusal | null {
  if (round === undefined || round === poll.round) return null;
  const what = poll.changes.length > 0 ? ` (${listWords(poll.changes)})` : '';
  const show = command('release', `show ${release.key}`);
  const message = line`The plan of ${release.key} has changed since you were asked${what}, so your vote was not counted. See it with ${show}, then vote on the current card.`;
  return refuse('conflict', message, { releaseId: release.id }).refusal;
}

interface RoleVote {
  release: Release;
  role: RoleName;
  input: VoteInput;
}

function voteFor({ ctx: { actor }, now }: Scope, { release, role, input }: RoleVote): Vote {
  if (actor.kind !== 'person') throw new Error('only people vote');
  const { choice, reason, category, condition } = input;
  return {
    role,
    personId: actor.personId,
    personName: nameIn(release, role, actor.personId) ?? actorName(release, actor),
    inPlaceOf: inPlaceOf(release, role, actor.personId),
    choice,
    reason,
    category,
    condition: condition && { ...condition, state: 'open' },
    at: now,
  };
}

/** The name under which somebody has a role: each role has its own. */
function nameIn(release: Release, role: RoleName, personId: string): string | undefined {
  return release.people.find((person) => person.role === role && person.personId === personId)?.name;
}

/** By role, the holders in whose place a backup votes. */
function absentHolders({ ctx: { actor } }: Scope, release: Release, roles: readonly RoleName[]) {
  if (actor.kind !== 'person') return {};
  return Object.fromEntries(
    roles.flatMap((role) => {
      const holder = inPlaceOf(release, role, actor.personId);
      return holder === null ? [] : [[role, holder]];
    }),
  );
}
