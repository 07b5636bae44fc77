import * as z from 'zod';
import { glassBrokenMessage } from '../../core/messages/freeze-message.ts';
import { mayPause, releaseStateTitles } from '../../core/release/release-state.ts';
import { freezeBreaks } from '../../db/schema/freezes.ts';
import type { Ctx } from '../kernel/context.ts';
import { deliver } from '../kernel/effects.ts';
import { loadForRequest, rightTo } from '../kernel/load-for-request.ts';
import { actorName } from '../kernel/permissions.ts';
import { reasonSchema } from '../kernel/reason-schema.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { destinationsFor } from '../release/destinations-for.ts';

const namedSchema = z.object({ releaseKey: z.string().nullable() });
const inputSchema = namedSchema.extend({
  reason: reasonSchema("Breaking a freeze needs a reason: say why it can't wait."),
  /** Epoch ms. */
  until: z.number().int(),
});
type Input = z.infer<typeof inputSchema>;

export interface BrokenFreeze {
  releaseKey: string;
  /** Epoch ms. */
  until: number;
  zone: string;
}

/** So long at most somebody lets a release through: thirty days. Milliseconds. */
const longestMs = 30 * 86_400_000;

/** Lets one release go live and be promoted in spite of freezes, until an instant. Its channel is told why. */
export function breakFreeze(args: { ctx: Ctx; input: Input }): Promise<Result<BrokenFreeze>> {
  const checkRight = rightTo('freeze.break');
  return runVerb({ name: 'freeze.break', input: inputSchema, checkRight, run: breakGlass }, args);
}

/** Whether somebody may: asked before the form opens. */
export function mayBreakFreeze(args: {
  ctx: Ctx;
  input: z.infer<typeof namedSchema>;
}): Promise<Result<{ releaseKey: string }>> {
  const run = async (scope: Scope, { releaseKey }: z.infer<typeof namedSchema>) => {
    const loaded = await loadForRequest(scope, releaseKey, 'freeze.break');
    return loaded.ok ? done({ releaseKey: loaded.value.key }) : loaded;
  };
  return runVerb({ name: 'freeze.break', input: namedSchema, run }, args);
}

async function breakGlass(scope: Scope, { releaseKey, reason, until }: Input): Promise<Result<BrokenFreeze>> {
  const loaded = await loadForRequest(scope, releaseKey, 'freeze.break');
  if (!loaded.ok) return loaded;
  const release = loaded.value;
  const about = { releaseId: release.id };
  if (!mayPause(release.state)) {
    const message = `${release.key} is ${releaseStateTitles[release.state]}: no freeze holds it.`;
    return refuse('wrong-state', message, about);
  }
  if (until <= scope.now || until > Math.max(scope.now, release.goLiveAt) + longestMs) {
    const message = 'Choose an end that is still to come, at most 30 days after now or after go-live.';
    return refuse('invalid', message, { ...about, field: 'until' });
  }
  const by = actorName(release, scope.ctx.actor);
  await scope.tx.insert(freezeBreaks).values({
    id: scope.ctx.newId(),
    releaseId: release.id,
    reason,
    until: new Date(until),
    brokenByName: by,
    brokenAt: new Date(scope.now),
  });
  const details = { reason, until: new Date(until).toISOString() };
  scope.audit({ action: 'freeze.broken', releaseId: release.id, details });
  const { zone } = release.plan.goLive;
  await deliver(scope, {
    releaseId: release.id,
    to: destinationsFor(release, 'release'),
    subject: 'freeze-broken',
    content: glassBrokenMessage({ releaseKey: release.key, by, reason, until, zone }),
  });
  scope.invalidateCards(release.id);
  return done({ releaseKey: release.key, until, zone });
}
