import { type AddedMessage, addedMessageSchema } from '../../core/evidence/added-message.ts';
import { listRecordable } from '../../db/queries/evidence.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { notedMessages } from '../../db/schema/evidence.ts';
import type { Ctx } from '../kernel/context.ts';
import { loadForRequest } from '../kernel/load-for-request.ts';
import { checkCapability } from '../kernel/permissions.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { type AddedEvidence, insertEvidence } from './insert-evidence.ts';

/** So many releases are looked through, and at most offered. */
const maxOffered = 50;

/** A release that a message can be added to. */
export interface OfferedRelease {
  key: string;
  product: string;
  version: string;
}

export type AddedOrNoted =
  | ({ kind: 'added' } & AddedEvidence)
  /** Several releases may be meant; the message is kept until one is chosen. */
  | { kind: 'choose'; noteId: string; releases: OfferedRelease[] };

/**
 * Adds a message to the record of the release that it is about. When it may be about several in which the person has
 * the right, it is kept for them until they have chosen (`chooseRelease`).
 */
export function addMessage(args: { ctx: Ctx; input: AddedMessage }): Promise<Result<AddedOrNoted>> {
  return runVerb({ name: 'evidence.note', input: addedMessageSchema, run }, args);
}

async function run(scope: Scope, message: AddedMessage): Promise<Result<AddedOrNoted>> {
  const { tx, ctx, now } = scope;
  const { actor } = ctx;
  if (actor.kind !== 'person')
    return refuse('not-permitted', 'Only people in this workspace can add to a record.');
  const recordable = await listRecordable(tx, { now, limit: maxOffered });
  const allowed = recordable.filter((release) => checkCapability(release, actor, 'evidence.add') === null);
  const meant = recordable.length === 1 ? recordable : allowed;
  const [only, ...others] = meant;
  if (!only) return refuseNone(recordable);
  if (others.length === 0) {
    // Where there is no other release, the refusal is that release's.
    const loaded = await loadForRequest(scope, only.key, 'evidence.add');
    if (!loaded.ok) return loaded;
    const added = await insertEvidence(scope, loaded.value, message);
    return added.ok ? done({ kind: 'added', ...added.value }) : added;
  }
  const noteId = ctx.newId();
  await tx
    .insert(notedMessages)
    .values({ id: noteId, personId: actor.personId, message, notedAt: new Date(ctx.clock.wall()) });
  return done({ kind: 'choose', noteId, releases: allowed.map(offer) });
}

function refuseNone(recordable: readonly Release[]): Result<never> {
  return recordable.length === 0
    ? refuse('not-found', 'No release is under way or has ended lately, so there is no record to add to.')
    : refuse('not-permitted', 'You have no role in a release that is under way or has ended lately.', {
        who: 'everybody who has a role in the release',
      });
}

function offer({ key, plan: { product, version } }: Release): OfferedRelease {
  return { key, product, version };
}
