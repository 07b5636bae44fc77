import { sql } from 'drizzle-orm';
import * as z from 'zod';
import { command } from '../../core/card/card.ts';
import { line } from '../../core/card/line.ts';
import { decidePromotion } from '../../core/rollout/decide-promotion.ts';
import type { GateResult } from '../../core/rollout/evaluate-gate.ts';
import { isRolloutShown } from '../../db/queries/is-rollout-shown.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { latestPoll } from '../../db/queries/polls.ts';
import {
  activeOperation,
  findTargetHolder,
  knownTrafficPercent,
  type Rollout,
} from '../../db/queries/rollouts.ts';
import { isAwaitingSignOff } from '../go-no-go/sign-offs-of.ts';
import type { Ctx } from '../kernel/context.ts';
import { loadRolloutForRequest, rightTo } from '../kernel/load-for-request.ts';
import { checkCapability } from '../kernel/permissions.ts';
import { refuseFrozenPromotion } from '../kernel/refuse-frozen.ts';
import { refusePaused } from '../kernel/refuse-paused.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { storable } from '../kernel/storable.ts';
import { runVerb } from '../kernel/verb.ts';
import { moveRelease } from '../release/move-release.ts';
import { refuseMissingCommand, refuseMissingDriver } from './choose-command.ts';
import { insertOperation } from './insert-operation.ts';
import { type GatesRead, readGatesFirst } from './read-gates-first.ts';

const inputSchema = z.object({
  releaseKey: z.string().nullable(),
  target: z.union([
    z.literal('next'),
    z.literal('full'),
    z.number().gt(0, 'Promote to more than 0 %.').max(100, 'Promote to at most 100 %.'),
  ]),
});

type Input = z.infer<typeof inputSchema>;

export interface RequestedPromotion {
  releaseKey: string;
  operationId: string;
  /** Percent, as last read; null when it is not known. */
  fromPercent: number | null;
  toPercent: number;
}

/**
 * Asks for the next phase of a rollout. The guard's every unmet condition is in the refusal. The gates are read
 * before the transaction, so that a slow source holds no lock.
 */
export async function promoteRollout({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: Input;
}): Promise<Result<RequestedPromotion>> {
  const named = inputSchema.safeParse(storable(input));
  const read = named.success ? await readGatesFirst(ctx, named.data) : null;
  return runVerb(
    {
      name: 'rollout.promote',
      input: inputSchema,
      checkRight: rightTo('rollout.promote'),
      run: (scope, parsed) => promote(scope, parsed, read),
    },
    { ctx, input },
  );
}

/** What the confirmation shows. */
export interface PromotionFacts {
  releaseKey: string;
  /** Percent, as last read; null when it is not known. */
  fromPercent: number | null;
  toPercent: number;
  gates: GateResult[];
}

/** Whether a promotion would be accepted now, with every unmet condition: asked before the confirmation opens. */
export async function preparePromotion({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: Input;
}): Promise<Result<PromotionFacts>> {
  const named = inputSchema.safeParse(storable(input));
  const read = named.success ? await readGatesFirst(ctx, named.data) : null;
  const run = async (scope: Scope, parsed: Input): Promise<Result<PromotionFacts>> => {
    const checked = await checkPromotion(scope, parsed, read);
    if (!checked.ok) return checked;
    const { release, rollout, toPercent, gates } = checked.value;
    return done({ releaseKey: release.key, fromPercent: knownTrafficPercent(rollout), toPercent, gates });
  };
  const checkRight = rightTo('rollout.promote');
  return runVerb({ name: 'rollout.promote', input: inputSchema, checkRight, run }, { ctx, input });
}

interface CheckedPromotion {
  release: Release;
  rollout: Rollout;
  gates: GateResult[];
  toPercent: number;
  phaseIndex: number;
}

async function checkPromotion(
  scope: Scope,
  input: Input,
  read: GatesRead | null,
): Promise<Result<CheckedPromotion>> {
  const loaded = await loadRolloutForRequest(scope, input.releaseKey, 'rollout.promote');
  if (!loaded.ok) return loaded;
  const { release, rollout } = loaded.value;
  const driver = scope.ctx.driver(release.plan.rollout.driver);
  // Said first: no soak or gate is worth waiting for where nothing can be promoted.
  if (!driver) return refuseMissingDriver(release, 'promote');
  const paused = refusePaused(release);
  if (paused) return { ok: false, refusal: paused };
  const frozen = await refuseFrozenPromotion(scope, release);
  if (frozen) return { ok: false, refusal: frozen };
  const needsGates = rollout.state === 'running';
  const isOfThisPhase = read?.releaseId === release.id && read.phaseIndex === rollout.phaseIndex;
  if (needsGates && !isOfThisPhase) {
    const look = (await isRolloutShown(scope.tx, release.key))
      ? 'Look at the card'
      : line`Check its status with ${command('release', `status ${release.key}`)}`;
    const message = line`The rollout changed while its gates were being read. ${look} and try again.`;
    return refuse('conflict', message, { releaseId: release.id });
  }
  const gates = needsGates && read ? read.gates : [];
  const { phases } = release.plan.rollout;
  const decision = decidePromotion(
    {
      ...viewOf(release, rollout),
      openPoll: await findOpenPoll(scope, release),
      awaitsSignOff: await isAwaitingSignOff(scope.tx, release),
      whoAsksGoNoGo: checkCapability(release, scope.ctx.actor, 'poll.open')?.who ?? null,
      targetTakenBy: await findTargetTaker(scope, release, rollout),
    },
    phases,
    { target: input.target, gates },
    scope.now,
  );
  if (!decision.ok) {
    return refuse('conditions-unmet', `${release.key} can't be promoted now.`, {
      reasons: decision.reasons,
      releaseId: release.id,
    });
  }
  const { toPercent, phaseIndex } = decision;
  const missing = refuseMissingCommand(driver, release, { kind: 'promote', toPercent });
  return missing ?? done({ release, rollout, gates, toPercent, phaseIndex });
}

async function promote(
  scope: Scope,
  input: Input,
  read: GatesRead | null,
): Promise<Result<RequestedPromotion>> {
  const checked = await checkPromotion(scope, input, read);
  if (!checked.ok) return checked;
  const { release, rollout, gates, toPercent, phaseIndex } = checked.value;
  await moveRelease(scope, release, 'start');
  const fromPercent = knownTrafficPercent(rollout);
  const operation = { kind: 'promote' as const, fromPercent, toPercent, phaseIndex, reason: null };
  const operationId = await insertOperation(scope, release, operation, { gates: gates.map(gateRecord) });
  scope.invalidateCards(release.id);
  return done({ releaseKey: release.key, operationId, fromPercent, toPercent });
}

/**
 * The release that holds the target already; checked before the first phase, from which on this release holds it.
 * The lock on the target's name makes the second of two that begin at once wait, and see the first.
 */
async function findTargetTaker(scope: Scope, release: Release, rollout: Rollout): Promise<string | null> {
  const mayBegin = release.state === 'approved' || release.state === 'in_progress';
  // Where the guard refuses anyway, there is no need to wait for the lock.
  if (rollout.state !== 'not_started' || !mayBegin || scope.now < release.goLiveAt) return null;
  const { driver } = release.plan.rollout;
  await scope.tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('target ' || ${driver}, 0))`);
  const holder = await findTargetHolder(scope.tx, driver);
  return holder?.isRollingOut && holder.releaseId !== release.id ? holder.key : null;
}

/** Once it has begun, no poll decides anything any more. */
async function findOpenPoll(scope: Scope, release: Release): Promise<'decision' | 'readiness' | null> {
  if (release.state !== 'approved' && release.state !== 'in_planning') return null;
  const poll = await latestPoll(scope.tx, release.id);
  return poll?.state === 'open' ? poll.kind : null;
}

function viewOf(release: Release, rollout: Rollout) {
  const active = activeOperation(rollout);
  return {
    releaseState: release.state,
    goLiveAt: release.goLiveAt,
    state: rollout.state,
    phaseIndex: rollout.phaseIndex,
    phaseSince: rollout.phaseSince,
    activeOperation: active ? { kind: active.kind, toPercent: active.toPercent } : null,
  };
}

function gateRecord(gate: GateResult) {
  return {
    metric: gate.metric,
    state: gate.state,
    value: gate.value,
    threshold: gate.threshold,
    source: gate.source,
  };
}
