import { describeChanges } from '../../core/approval/describe-changes.ts';
import { voidedDraftMessage } from '../../core/messages/draft-message.ts';
import type { Draft } from '../../db/queries/drafts.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { deliver } from '../kernel/effects.ts';
import { actorName } from '../kernel/permissions.ts';
import { directMessageTo } from '../kernel/person-destination.ts';
import type { Scope } from '../kernel/scope.ts';
import { nameDraft } from './draft-words.ts';
import { ownersOf } from './who-decides.ts';

/** Tells the owners of a draft that its approval no longer holds, and what has changed since. */
export async function tellVoided(scope: Scope, release: Release, draft: Draft): Promise<void> {
  const { approved, proposal } = draft;
  if (approved === null) return;
  const { actor } = scope.ctx;
  const changes = describeChanges(approved, proposal, release.plan.goLive.zone);
  for (const owner of ownersOf(release, draft.item)) {
    const content = voidedDraftMessage({
      ...nameDraft(release, draft),
      to: [owner],
      by: actor.kind === 'system' ? null : actorName(release, actor),
      changes,
    });
    const to = directMessageTo(owner, { release });
    await deliver(scope, { releaseId: release.id, to, subject: 'draft-voided', content });
  }
}
