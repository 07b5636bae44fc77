import * as z from 'zod';
import { promotionNeedsSecondPerson } from '../../core/requests/needs-second-person.ts';
import { describePercent } from '../../core/rollout/describe-percent.ts';
import type { GateResult } from '../../core/rollout/evaluate-gate.ts';
import { knownTrafficPercent } from '../../db/queries/rollouts.ts';
import type { Ctx } from '../kernel/context.ts';
import { loadRolloutForRequest, rightTo } from '../kernel/load-for-request.ts';
import type { Requester } from '../kernel/request-act.ts';
import { type AwaitedRequest, refuseAsked, requireSecondPerson } from '../kernel/require-second-person.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { storable } from '../kernel/storable.ts';
import { runVerb } from '../kernel/verb.ts';
import { destinationsFor } from '../release/destinations-for.ts';
import { moveRelease } from '../release/move-release.ts';
import { type CheckedPromotion, checkPromotion } from './check-promotion.ts';
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
  /** Null: it waits for a second person. */
  operationId: string | null;
  awaits: AwaitedRequest | null;
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
  /** It is asked for, and done once somebody else approves. */
  needsSecondPerson: boolean;
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
    const checked = await checkRequested(scope, parsed, read);
    if (!checked.ok) return checked;
    const { release, rollout, toPercent, gates } = checked.value;
    const fromPercent = knownTrafficPercent(rollout);
    const needsSecondPerson = promotionNeedsSecondPerson(release.plan, release.permissions);
    return done({ releaseKey: release.key, fromPercent, toPercent, gates, needsSecondPerson });
  };
  const checkRight = rightTo('rollout.promote');
  return runVerb({ name: 'rollout.promote', input: inputSchema, checkRight, run }, { ctx, input });
}

/** What somebody asks for, who has the right to it. */
async function checkRequested(
  scope: Scope,
  { releaseKey, target }: Input,
  read: GatesRead | null,
): Promise<Result<CheckedPromotion>> {
  const loaded = await loadRolloutForRequest(scope, releaseKey, 'rollout.promote');
  if (!loaded.ok) return loaded;
  const { release } = loaded.value;
  const { zone } = release.plan.goLive;
  const asked = await refuseAsked(scope, { act: secondPersonAct, release, zone });
  return asked ? { ok: false, refusal: asked } : checkPromotion(scope, loaded.value, { target, read });
}

async function promote(
  scope: Scope,
  input: Input,
  read: GatesRead | null,
): Promise<Result<RequestedPromotion>> {
  const checked = await checkRequested(scope, input, read);
  if (!checked.ok) return checked;
  const { release, rollout, toPercent } = checked.value;
  const requested = { releaseKey: release.key, fromPercent: knownTrafficPercent(rollout), toPercent };
  if (promotionNeedsSecondPerson(release.plan, release.permissions)) {
    const words = `promote to ${describePercent(toPercent)} %`;
    const cards = [{ releaseId: release.id, to: destinationsFor(release, 'release') }];
    const { zone } = release.plan.goLive;
    const asked = { act: secondPersonAct, release, input: { toPercent }, words, zone, cards };
    const awaits = await requireSecondPerson(scope, asked);
    return awaits.ok ? done({ ...requested, operationId: null, awaits: awaits.value }) : awaits;
  }
  const operationId = await startPromotion(scope, checked.value);
  return done({ ...requested, operationId, awaits: null });
}

/** What a second person approves, and what they need for it. */
export const secondPersonAct = {
  name: 'rollout.promote',
  cardKind: 'request',
  decides: 'rollout.approve',
} as const;

/** Begins a promotion that was checked. `requester`: on whose behalf, where a second person has approved it. */
export async function startPromotion(
  scope: Scope,
  { release, rollout, gates, toPercent, phaseIndex }: CheckedPromotion,
  requester?: Requester,
): Promise<string> {
  await moveRelease(scope, release, 'start');
  const fromPercent = knownTrafficPercent(rollout);
  const operation = { kind: 'promote' as const, fromPercent, toPercent, phaseIndex, reason: null };
  const evidence = { gates: gates.map(gateRecord) };
  const operationId = await insertOperation(scope, release, operation, evidence, requester);
  scope.invalidateCards(release.id);
  return operationId;
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
