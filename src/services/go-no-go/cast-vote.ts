import * as z from 'zod';
import type { Vote } from '../../core/go-no-go/decide-poll.ts';
import type { RoleName } from '../../core/plan/roles.ts';
import { given, prepareQuery } from '../../db/prepare-query.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { votes } from '../../db/schema/go-no-go.ts';
import { hasVisibleText } from '../../lib/visible-text.ts';
import type { Ctx } from '../kernel/context.ts';
import { actorName } from '../kernel/permissions.ts';
import type { CheckRight } from '../kernel/refuse-invalid.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { inPlaceOf } from '../kernel/stand-ins.ts';
import { runVerb } from '../kernel/verb.ts';
import { loadBallot } from './load-ballot.ts';
import { tellAllVoted } from './tell-all-voted.ts';

const inputSchema = z
  .object({
    pollId: z.uuid('There is no such poll.'),
    choice: z.enum(['go', 'no_go']),
    reason: z.string().trim().max(3000, 'A reason can have at most 3,000 characters.').nullable(),
  })
  .refine((vote) => vote.choice === 'go' || hasVisibleText(vote.reason ?? ''), {
    message: 'A no-go needs a reason: say what has to change.',
  });

export interface CastVote {
  releaseKey: string;
  choice: Vote['choice'];
  roles: RoleName[];
  /** Whether it took the place of an earlier vote. */
  changed: boolean;
}

/**
 * Records a person's vote for every role they hold in the poll. Until the poll closes a vote can be
 * changed; the last one stands, and each is in the audit trail.
 */
export function castVote(args: { ctx: Ctx; input: z.input<typeof inputSchema> }): Promise<Result<CastVote>> {
  return runVerb({ name: 'go-no-go.vote', input: inputSchema, checkRight: checkBallot, run: vote }, args);
}

/** Someone who doesn't vote is told so before being told that a reason is missing. */
const checkBallot: CheckRight = async (scope, input) => {
  const named = z.object({ pollId: z.uuid() }).safeParse(input);
  if (!named.success) return null;
  const ballot = await loadBallot(scope, named.data.pollId);
  return ballot.ok ? done(ballot.value.release.id) : ballot;
};

async function vote(scope: Scope, input: z.infer<typeof inputSchema>): Promise<Result<CastVote>> {
  const loaded = await loadBallot(scope, input.pollId, { lost: ', so your vote was not counted' });
  if (!loaded.ok) return loaded;
  const { release, poll, roles } = loaded.value;
  const earlier = poll.votes.filter((entry) => roles.includes(entry.role));
  const cast = roles.map((role) => voteFor(scope, { release, role, input }));
  await Promise.all(
    cast.map(({ at, ...row }) => writeVote(scope.tx, { ...row, pollId: poll.id, votedAt: new Date(at) })),
  );
  const details = {
    choice: input.choice,
    reason: input.reason,
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

interface RoleVote {
  release: Release;
  role: RoleName;
  input: z.infer<typeof inputSchema>;
}

function voteFor({ ctx: { actor }, now }: Scope, { release, role, input }: RoleVote): Vote {
  if (actor.kind !== 'person') throw new Error('only people vote');
  return {
    role,
    personId: actor.personId,
    personName: nameIn(release, role, actor.personId) ?? actorName(release, actor),
    inPlaceOf: inPlaceOf(release, role, actor.personId),
    choice: input.choice,
    reason: input.reason,
    at: now,
  };
}

const writeVote = prepareQuery<typeof votes.$inferSelect, unknown>('write vote', (db) => {
  const vote = {
    personId: given('personId'),
    personName: given('personName'),
    inPlaceOf: given('inPlaceOf'),
    choice: given('choice'),
    reason: given('reason'),
    votedAt: given('votedAt'),
  };
  return db
    .insert(votes)
    .values({ pollId: given('pollId'), role: given('role'), ...vote })
    .onConflictDoUpdate({ target: [votes.pollId, votes.role], set: vote });
});

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
