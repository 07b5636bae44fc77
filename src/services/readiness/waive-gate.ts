import { and, eq, gt, isNull } from 'drizzle-orm';
import * as z from 'zod';
import { line } from '../../core/card/line.ts';
import { localDate } from '../../core/card/local-date.ts';
import { deriveGates } from '../../core/readiness/gates/derive-gates.ts';
import { underWayStates } from '../../core/release/release-state.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { gateWaivers } from '../../db/schema/readiness.ts';
import type { Ctx } from '../kernel/context.ts';
import { loadForRequest, rightTo } from '../kernel/load-for-request.ts';
import { actorName } from '../kernel/permissions.ts';
import { reasonSchema } from '../kernel/reason-schema.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';

const gateInput = z.object({ releaseKey: z.string(), gate: z.string().max(80) });
const waiverInput = gateInput.extend({
  reason: reasonSchema('Say why it is waived: the reason stays with the decision.'),
  /** Epoch ms. */
  until: z.number('Choose until when.').int(),
});

export interface WaivedGate {
  releaseKey: string;
  /** The gate's. */
  title: string;
  zone: string;
}

/** Lets a release go on although a gate does not pass, until an instant; in place of a waiver that it has already. */
export function waiveGate(args: {
  ctx: Ctx;
  input: z.input<typeof waiverInput>;
}): Promise<Result<WaivedGate & { until: number }>> {
  const checkRight = rightTo('gate.waive');
  return runVerb({ name: 'gate.waive', input: waiverInput, run: waive, checkRight }, args);
}

/** Takes a waiver back: the gate counts again. */
export function endWaiver(args: { ctx: Ctx; input: z.input<typeof gateInput> }): Promise<Result<WaivedGate>> {
  return runVerb({ name: 'gate.end-waiver', input: gateInput, run: end }, args);
}

async function waive(
  scope: Scope,
  input: z.infer<typeof waiverInput>,
): Promise<Result<WaivedGate & { until: number }>> {
  const loaded = await loadGate(scope, input);
  if (!loaded.ok) return loaded;
  const { release, title } = loaded.value;
  const about = { releaseId: release.id, field: 'until' };
  if (input.until <= scope.now)
    return refuse('invalid', 'That has passed. Choose a later date or time.', about);
  const replaced = await endOpen(scope, release, input.gate);
  const id = scope.ctx.newId();
  const { actor } = scope.ctx;
  const until = new Date(input.until);
  await scope.tx.insert(gateWaivers).values({
    id,
    releaseId: release.id,
    gate: input.gate,
    reason: input.reason,
    until,
    grantedById: actor.kind === 'person' ? actor.personId : null,
    grantedByName: actorName(release, actor),
    grantedAt: new Date(scope.now),
  });
  const details = {
    gate: input.gate,
    reason: input.reason,
    until: until.toISOString(),
    by: actorName(release, actor),
    replaces: replaced.map((waiver) => waiver.id),
  };
  scope.audit({ action: 'gate.waived', releaseId: release.id, subject: id, details });
  scope.invalidateCards(release.id);
  return done({ ...describe(release, title), until: input.until });
}

async function end(scope: Scope, input: z.infer<typeof gateInput>): Promise<Result<WaivedGate>> {
  const loaded = await loadGate(scope, input);
  if (!loaded.ok) return loaded;
  const { release, title } = loaded.value;
  const ended = await endOpen(scope, release, input.gate);
  if (ended.length === 0)
    return refuse('wrong-state', `“${title}” of ${release.key} is not waived.`, { releaseId: release.id });
  for (const { id } of ended) {
    const details = { gate: input.gate, by: actorName(release, scope.ctx.actor) };
    scope.audit({ action: 'gate.waiver_ended', releaseId: release.id, subject: id, details });
  }
  scope.invalidateCards(release.id);
  return done(describe(release, title));
}

async function loadGate(
  scope: Scope,
  { releaseKey, gate }: z.infer<typeof gateInput>,
): Promise<Result<{ release: Release; title: string }>> {
  const loaded = await loadForRequest(scope, releaseKey, 'gate.waive');
  if (!loaded.ok) return loaded;
  const release = loaded.value;
  const about = { releaseId: release.id };
  if (!underWayStates.some((state) => state === release.state))
    return refuse('wrong-state', `${release.key} is not under way: its gates are over.`, about);
  const planned = deriveGates(release.plan).find(({ key }) => key === gate);
  return planned
    ? done({ release, title: planned.title })
    : refuse('not-found', line`${release.key} has no gate “${gate}”.`, about);
}

/** Ends the waivers of a gate that hold. */
async function endOpen(scope: Scope, release: Release, gate: string): Promise<{ id: string }[]> {
  const by = actorName(release, scope.ctx.actor);
  return scope.tx
    .update(gateWaivers)
    .set({ endedAt: new Date(scope.now), endedByName: by })
    .where(
      and(
        eq(gateWaivers.releaseId, release.id),
        eq(gateWaivers.gate, gate),
        isNull(gateWaivers.endedAt),
        gt(gateWaivers.until, new Date(scope.now)),
      ),
    )
    .returning({ id: gateWaivers.id });
}

function describe({ key, plan }: Release, title: string): WaivedGate {
  return { releaseKey: key, title, zone: plan.goLive.zone };
}

/** Until when a gate is waived, in a sentence. */
export function waivedSentence({ title, releaseKey, zone, until }: WaivedGate & { until: number }) {
  return line`“${title}” of ${releaseKey} is waived until ${localDate(until, zone)}.`;
}
