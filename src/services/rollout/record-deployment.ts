import { eq } from 'drizzle-orm';
import * as z from 'zod';
import { command } from '../../core/card/card.ts';
import { line } from '../../core/card/line.ts';
import { recordedMessage } from '../../core/messages/recorded-message.ts';
import type { RolloutState } from '../../core/rollout/decide-promotion.ts';
import { decideRecord } from '../../core/rollout/decide-record.ts';
import type { ScheduleEvent } from '../../core/schedule/default-communication.ts';
import { latestDecision } from '../../db/queries/decisions.ts';
import type { Release } from '../../db/queries/load-release.ts';
import {
  activeOperation,
  beganWithoutGo,
  knownTrafficPercent,
  type Rollout,
  recordOf,
} from '../../db/queries/rollouts.ts';
import { operations, rollouts } from '../../db/schema/rollout.ts';
import { hasVisibleText } from '../../lib/visible-text.ts';
import { addressesOnEvent, sendCorrections } from '../communication/send-communication.ts';
import { closeOpenPoll } from '../go-no-go/close-open-poll.ts';
import { actorId, type Ctx } from '../kernel/context.ts';
import { deliver } from '../kernel/effects.ts';
import { loadRolloutForRequest, rightTo } from '../kernel/load-for-request.ts';
import { actorName } from '../kernel/permissions.ts';
import { done, type Refusal, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { destinationsFor } from '../release/destinations-for.ts';
import { moveRelease } from '../release/move-release.ts';
import { followRollout } from './follow-rollout.ts';

const askSchema = z.object({
  releaseKey: z.string().nullable(),
  /** Percent of traffic on the new version; 0: it was rolled back. */
  toPercent: z
    .number()
    .min(0, 'A share of traffic is at least 0 %.')
    .max(100, 'A share of traffic is at most 100 %.'),
});
type Asked = z.infer<typeof askSchema>;

const inputSchema = askSchema.extend({
  note: z
    .string()
    .trim()
    .max(3000, 'A note can have at most 3,000 characters.')
    .transform((note) => (hasVisibleText(note) ? note : null))
    .nullable(),
  /** Whose word it is, by its name in the configuration; null: that of whoever acts. */
  source: z.string().max(80).nullable().default(null),
});
type Input = z.infer<typeof inputSchema>;

export interface RecordedResult {
  releaseKey: string;
  toPercent: number;
  /** It was deployed although no go decision stood. */
  withoutGo: boolean;
  /** It has traffic again after it was rolled back, and stays rolled back. */
  isBackAgain: boolean;
}

/**
 * Records what happened to a release without tminus: deployed to a share of traffic, or rolled back. Only where no
 * driver is configured that could do and read it. What happened is recorded with or without a go decision, before
 * go-live and while the release is paused, too; that there was no go is part of the record.
 */
export function recordDeployment(args: {
  ctx: Ctx;
  input: z.input<typeof inputSchema>;
}): Promise<Result<RecordedResult>> {
  const checkRight = rightTo('rollout.record');
  return runVerb({ name: 'rollout.record', input: inputSchema, checkRight, run: record }, args);
}

/** What the confirmation of a record shows. */
export interface RecordFacts {
  releaseKey: string;
  /** See `RecordedResult`. */
  withoutGo: boolean;
  /** Where it is announced at once as live for everyone, or as rolled back; empty: nowhere. */
  announcedIn: readonly string[];
}

/** What is announced when a rollout has come to a state. */
const eventOf: { [State in RolloutState]?: ScheduleEvent } = {
  completed: 'rollout-completed',
  rolled_back: 'rolled-back',
};

/** Whether somebody may record a deployment now: what the confirmation shows before it is opened. */
export function prepareRecord(args: { ctx: Ctx; input: Asked }): Promise<Result<RecordFacts>> {
  const run = async (scope: Scope, input: Asked) => {
    const checked = await checkRecord(scope, input);
    if (!checked.ok) return checked;
    const { release, rollout, decision, withoutGo } = checked.value;
    const event = decision.state === rollout.state ? undefined : eventOf[decision.state];
    const announcedIn = event ? await addressesOnEvent(scope, release, event) : [];
    return done({ releaseKey: release.key, withoutGo, announcedIn });
  };
  const checkRight = rightTo('rollout.record');
  return runVerb({ name: 'rollout.record', input: askSchema, checkRight, run }, args);
}

async function checkRecord(scope: Scope, { releaseKey, toPercent }: Asked) {
  const loaded = await loadRolloutForRequest(scope, releaseKey, 'rollout.record');
  if (!loaded.ok) return loaded;
  const { release, rollout } = loaded.value;
  const driven = refuseDriven(scope, release);
  if (driven) return { ok: false as const, refusal: driven };
  const decision = decideRecord(viewOf(rollout), release.plan.rollout.phases, toPercent);
  if (!decision.ok) {
    return refuse('wrong-state', `${release.key} ${decision.reason}.`, { releaseId: release.id });
  }
  const withoutGo = beganWithoutGo(rollout) || release.state === 'in_planning';
  return done({ release, rollout, decision, withoutGo });
}

async function record(scope: Scope, input: Input): Promise<Result<RecordedResult>> {
  const checked = await checkRecord(scope, input);
  if (!checked.ok) return checked;
  const { release, rollout, decision, withoutGo } = checked.value;
  const { toPercent, note, source } = input;
  await closeOpenPoll(scope, release);
  const has = await insertRecord(scope, release, rollout, {
    ...{ toPercent, note, source, withoutGo },
  });
  await scope.tx
    .update(rollouts)
    .set({
      state: decision.state,
      phaseIndex: decision.phaseIndex,
      trafficPercent: toPercent,
      phaseSince: new Date(scope.now),
      gates: [],
      gateWatch: null,
      ruleRuns: null,
      ruleAskedAt: null,
    })
    .where(eq(rollouts.releaseId, release.id));
  await moveRelease(scope, release, withoutGo ? 'startWithoutGo' : 'start');
  await deliver(scope, {
    releaseId: release.id,
    to: destinationsFor(release, 'release'),
    subject: 'recorded',
    content: recordedMessage({ releaseKey: release.key, ...has }),
  });
  if (decision.state !== rollout.state) await followRollout(scope, release, decision.state);
  if (rollout.state === 'completed' && decision.state === 'running') await sendCorrections(scope, release);
  scope.invalidateCards(release.id);
  const isBackAgain = decision.state === 'rolled_back' && toPercent > 0;
  return done({ releaseKey: release.key, toPercent, withoutGo, isBackAgain });
}

/** With a driver, traffic is what was read: nobody's word takes its place. */
function refuseDriven(scope: Scope, release: Release): Refusal | null {
  const { driver } = release.plan.rollout;
  if (!scope.ctx.driver(driver)) return null;
  const status = command('release', `status ${release.key}`);
  return refuse(
    'wrong-state',
    line`${release.key} is deployed by tminus with the driver "${driver}", which reads its traffic, so nothing is recorded by hand. See its status with ${status}; change it with ${command('promote', release.key)} or ${command('rollback', release.key)}.`,
    { releaseId: release.id },
  ).refusal;
}

function viewOf(rollout: Rollout) {
  const { state, phaseIndex } = rollout;
  return {
    state,
    phaseIndex,
    trafficPercent: knownTrafficPercent(rollout),
    recordedBy: recordOf(rollout)?.requestedByName ?? null,
    isMoving: activeOperation(rollout) !== undefined,
  };
}

/** Writes the record as an operation that has ended, with its audit event. */
async function insertRecord(
  scope: Scope,
  release: Release,
  rollout: Rollout,
  {
    toPercent,
    note,
    source,
    withoutGo,
  }: { toPercent: number; note: string | null; source: string | null; withoutGo: boolean },
) {
  const id = scope.ctx.newId();
  const by = source ?? actorName(release, scope.ctx.actor);
  // Before anything was rolled out nothing was known either: no driver has read it.
  const fromPercent = rollout.operations.length === 0 ? null : knownTrafficPercent(rollout);
  const decision = withoutGo ? null : ((await latestDecision(scope.tx, release.id))?.id ?? null);
  await scope.tx.insert(operations).values({
    id,
    decisionId: decision,
    releaseId: release.id,
    kind: toPercent === 0 ? 'rollback' : 'promote',
    state: 'recorded',
    target: release.plan.rollout.driver,
    fromPercent,
    toPercent,
    reason: note,
    withoutGo,
    requestedBy: actorId(scope.ctx.actor),
    requestedByName: by,
    requestedAt: new Date(scope.now),
    requestedWall: new Date(scope.ctx.clock.wall()),
    finishedAt: new Date(scope.now),
  });
  const details = {
    ...{ fromPercent, toPercent, note, withoutGo, decision },
    ...(source === null ? {} : { source }),
  };
  scope.audit({ action: 'deployment.recorded', releaseId: release.id, subject: id, details });
  return { toPercent, by, note, withoutGo };
}
