import { frozenMessage } from '../../core/messages/freeze-message.ts';
import { isForward } from '../../core/rollout/operation-state.ts';
import type { FreezeRequest } from '../../db/queries/freezes.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { activeOperation, loadRollout } from '../../db/queries/rollouts.ts';
import { freezes } from '../../db/schema/freezes.ts';
import { shortenText } from '../../lib/shorten-text.ts';
import type { Scope } from '../kernel/scope.ts';
import { holdRelease } from '../lifecycle/pause-release.ts';
import { releasesToHold } from './releases-to-hold.ts';
import { tellOnce } from './tell-once.ts';

/** Why a release is paused that a freeze holds. */
export function heldReason(freezeName: string): string {
  return `Freeze: ${freezeName}`;
}

/** The freeze that a request asks for. `until`: epoch ms. */
export function describeRequest({ reason, until, zone }: FreezeRequest) {
  return { name: nameOf(reason), until: until.getTime(), zone };
}

/** The reason on one line, as far as a name goes. */
function nameOf(reason: string): string {
  return shortenText(reason.replace(/\s+/g, ' ').trim(), 80);
}

/** Freezes everything as a request asks, and pauses what is being rolled out or would go live in that time. */
export async function holdAll(scope: Scope, request: FreezeRequest): Promise<Release[]> {
  const freezeId = scope.ctx.newId();
  const { name, until, zone } = describeRequest(request);
  const held: Release[] = [];
  const listed = await releasesToHold(scope, until);
  for (const { id } of listed.toSorted((one, other) => (one.id < other.id ? -1 : 1))) {
    const release = await lockRelease(scope.tx, { id });
    if (!release || release.pause) continue;
    await holdRelease(scope, release, { reason: heldReason(name), until });
    held.push(release);
  }
  await scope.tx.insert(freezes).values({
    id: freezeId,
    name,
    zone,
    times: { kind: 'once', from: scope.now, until },
    products: null,
    production: null,
    except: [],
    addedByName: `${request.personName} and ${scope.ctx.actor.name}`,
    addedAt: new Date(scope.now),
    held: held.map(({ id }) => id),
  });
  const details = { name, until: new Date(until).toISOString(), requestId: request.id };
  scope.audit({ action: 'freeze.begun', releaseId: null, subject: freezeId, details });
  await tellFrozen(scope, request, { listed, held });
  return held;
}

async function tellFrozen(
  scope: Scope,
  { reason, personName: by, until, zone }: FreezeRequest,
  { listed, held }: { listed: readonly Release[]; held: readonly Release[] },
): Promise<void> {
  const promoting = new Set<string>();
  for (const { id } of listed) {
    const active = activeOperation(await loadRollout(scope.tx, id));
    if (active && isForward(active.kind)) promoting.add(id);
  }
  const isHeld = new Set(held.map(({ id }) => id));
  await tellOnce(scope, listed, {
    subject: 'frozen',
    contentFor: (here) =>
      frozenMessage({
        ...{ reason, until: until.getTime(), zone, by, agreedBy: scope.ctx.actor.name },
        held: here.filter(({ id }) => isHeld.has(id)).map(({ key }) => key),
        promoting: here.filter(({ id }) => promoting.has(id)).map(({ key }) => key),
      }),
  });
}
