import * as z from 'zod';
import { command } from '../../core/card/card.ts';
import { type Line, line } from '../../core/card/line.ts';
import { isGo } from '../../core/go-no-go/decide-poll.ts';
import { isSignedOff, roleToSign, SIGNING_ROLES } from '../../core/go-no-go/sign-off.ts';
import { signOffMessage } from '../../core/messages/sign-off-message.ts';
import { contentsOf } from '../../core/plan/compare-plans.ts';
import { type RoleName, roleTitle } from '../../core/plan/roles.ts';
import { type Decision, latestDecision } from '../../db/queries/decisions.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { latestPoll } from '../../db/queries/polls.ts';
import { signOffs } from '../../db/schema/go-no-go.ts';
import type { Ctx } from '../kernel/context.ts';
import { deliver } from '../kernel/effects.ts';
import { loadForRequest, rightTo } from '../kernel/load-for-request.ts';
import { actorName } from '../kernel/permissions.ts';
import { refusePaused } from '../kernel/refuse-paused.ts';
import { done, type Refusal, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { inPlaceOf, rolesAnsweredBy } from '../kernel/stand-ins.ts';
import { runVerb } from '../kernel/verb.ts';
import { reachable } from '../kernel/who-may.ts';
import { destinationsFor } from '../release/destinations-for.ts';
import { moveRelease } from '../release/move-release.ts';
import { isForPlannedDay, needsSignOff } from './sign-offs-of.ts';

const namedSchema = z.object({ releaseKey: z.string().nullable() });
const inputSchema = namedSchema.extend({
  /** What they typed to confirm it: the release's key. */
  typed: z.string().trim(),
  /** The decision that they were shown. */
  decisionId: z.uuid(),
});

export interface SignedOff {
  releaseKey: string;
  role: RoleName;
  /** Both have signed. */
  isComplete: boolean;
}

/** What somebody is about to sign. */
export interface SignOffFacts {
  releaseKey: string;
  role: RoleName;
  decision: Decision;
  zone: string;
}

/** Whether somebody may sign a release off now: asked before the form for it opens. */
export function prepareSignOff(args: {
  ctx: Ctx;
  input: z.infer<typeof namedSchema>;
}): Promise<Result<SignOffFacts>> {
  const run = async (
    scope: Scope,
    { releaseKey }: z.infer<typeof namedSchema>,
  ): Promise<Result<SignOffFacts>> => {
    const found = await findSignable(scope, releaseKey);
    if (!found.ok) return found;
    const { release, role, decision } = found.value;
    return done({ releaseKey: release.key, role, decision, zone: release.plan.goLive.zone });
  };
  return runVerb({ name: 'release.sign-off', input: namedSchema, run }, args);
}

/**
 * Signs the go of a release off, for the release manager or for the business sponsor: two different people. Where the
 * plan asks for it, the second one approves the release.
 */
export function signOff(args: { ctx: Ctx; input: z.infer<typeof inputSchema> }): Promise<Result<SignedOff>> {
  const checkRight = rightTo('release.sign-off');
  return runVerb({ name: 'release.sign-off', input: inputSchema, checkRight, run: sign }, args);
}

async function sign(
  scope: Scope,
  { releaseKey, typed, decisionId }: z.infer<typeof inputSchema>,
): Promise<Result<SignedOff>> {
  const found = await findSignable(scope, releaseKey);
  if (!found.ok) return found;
  const { release, role, decision, personId } = found.value;
  if (decision.id !== decisionId) {
    const message = `${release.key} has been decided again since you were asked. Check the decision, then sign off.`;
    return refuse('conflict', message, { releaseId: release.id });
  }
  if (typed !== release.key)
    return refuse('invalid', `That is not the key. Type ${release.key} to sign it off.`, {
      releaseId: release.id,
      field: 'typed',
    });
  const personName = actorName(release, scope.ctx.actor);
  const given = { role, personId, personName, inPlaceOf: inPlaceOf(release, role, personId) };
  await scope.tx
    .insert(signOffs)
    .values({ decisionId: decision.id, ...given, signedAt: new Date(scope.now) });
  const details = { role, by: personName, inPlaceOf: given.inPlaceOf };
  scope.audit({ action: 'decision.signed', releaseId: release.id, subject: decision.id, details });
  const all = [...decision.signOffs, { ...given, at: scope.now }];
  const isComplete = isSignedOff(all);
  if (isComplete && release.state === 'in_planning') await moveRelease(scope, release, 'approve');
  const open = SIGNING_ROLES.filter((one) => !all.some((other) => other.role === one));
  await deliver(scope, {
    releaseId: release.id,
    to: destinationsFor(release, 'release'),
    subject: 'signed-off',
    content: signOffMessage({
      releaseKey: release.key,
      signed: all,
      next: needsSignOff(release) ? reachable(release, open) : [],
      isApproved: isComplete && release.state === 'approved',
    }),
  });
  scope.invalidateCards(release.id);
  return done({ releaseKey: release.key, role, isComplete });
}

interface Signable {
  release: Release;
  decision: Decision;
  role: RoleName;
  personId: string;
}

async function findSignable(scope: Scope, releaseKey: string | null): Promise<Result<Signable>> {
  const loaded = await loadForRequest(scope, releaseKey, 'release.sign-off');
  if (!loaded.ok) return loaded;
  const release = loaded.value;
  const { actor } = scope.ctx;
  if (actor.kind !== 'person') throw new Error('only people sign');
  const decision = await latestDecision(scope.tx, release.id);
  const refusal = refusePaused(release) ?? (await refuseUndecided(scope, release, decision));
  if (refusal || !decision) return { ok: false, refusal: refusal ?? notDecided(release) };
  const { personId } = actor;
  const roles = rolesAnsweredBy(release, personId);
  const role = roleToSign(decision.signOffs, { personId, roles });
  return role === null
    ? { ok: false, refusal: alreadySigned(release, decision, personId) }
    : done({ release, decision, role, personId });
}

/** Why there is nothing to sign; null: a go that still holds. */
async function refuseUndecided(
  scope: Scope,
  release: Release,
  decision: Decision | null,
): Promise<Refusal | null> {
  const isBefore = release.state === 'approved' || (release.state === 'in_planning' && needsSignOff(release));
  const poll = await latestPoll(scope.tx, release.id);
  if (!isBefore || !decision || !isGo(decision.outcome)) return notDecided(release);
  if (poll?.state === 'open' && poll.kind === 'decision')
    return wrongState(release, `The go/no-go of ${release.key} is open. Sign off once it is decided.`);
  const ask = command('release', `go-no-go ${release.key}`);
  if (!isForPlannedDay(release, decision))
    return wrongState(
      release,
      line`The go-live of ${release.key} was moved after its go. Ask again with ${ask}.`,
    );
  if (decision.record.contents.terms === contentsOf(release.plan).terms) return null;
  return wrongState(
    release,
    line`The plan of ${release.key} has changed since its go. Ask again with ${ask}.`,
  );
}

function notDecided(release: Release): Refusal {
  const show = command('release', `decision ${release.key}`);
  return wrongState(release, line`There is no go for ${release.key} that could be signed off. See ${show}.`);
}

function alreadySigned(release: Release, { signOffs: given }: Decision, personId: string): Refusal {
  const own = given.find((one) => one.personId === personId);
  if (!own) return wrongState(release, `${release.key} is signed off for your role already.`);
  const other = SIGNING_ROLES.find((role) => role !== own.role) ?? own.role;
  const isDone = given.some(({ role }) => role === other);
  const message = `You have signed ${release.key} off as ${roleTitle(own.role)}.`;
  return wrongState(
    release,
    isDone ? message : `${message} The sign-off of the ${roleTitle(other)} has to be somebody else's.`,
  );
}

function wrongState(release: Release, message: Line): Refusal {
  return refuse('wrong-state', message, { releaseId: release.id }).refusal;
}
