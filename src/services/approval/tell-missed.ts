import { isAmong } from '../../core/address/destination.ts';
import {
  type MissedBecause,
  missedDraftMessage,
  sentLateMessage,
} from '../../core/messages/draft-message.ts';
import type { Draft } from '../../db/queries/drafts.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { deliver } from '../kernel/effects.ts';
import { directMessageTo } from '../kernel/person-destination.ts';
import type { Scope } from '../kernel/scope.ts';
import { eachOnce } from '../kernel/stand-ins.ts';
import { reachable } from '../kernel/who-may.ts';
import { openDraftCards } from './ask-owners.ts';
import { insidersOf, nameDraft, whereItGoes } from './draft-words.ts';
import { ownersOf } from './who-decides.ts';

/**
 * Tells everyone concerned, once, that a message did not go out to customers: its owner and the release manager
 * directly, and those inside whom customers may ask.
 */
export async function tellMissed(
  scope: Scope,
  release: Release,
  { draft, because }: { draft: Draft; because: MissedBecause },
): Promise<void> {
  await openDraftCards(scope, release, draft);
  const owners = ownersOf(release, draft.item);
  const directly = eachOnce([...owners, ...reachable(release, ['release_manager'])]);
  const where = whereItGoes(release, draft);
  const named = { ...nameDraft(release, draft), where, because, deciders: directly };
  for (const person of directly) {
    await deliver(scope, {
      releaseId: release.id,
      to: directMessageTo(person, { release }),
      subject: 'draft-missed',
      content: missedDraftMessage({ ...named, to: person }),
    });
  }
  const to = insidersOf(release, draft).filter((one) => !isAmong(one, directly.flatMap(placeOf(release))));
  const content = missedDraftMessage({ ...named, to: null });
  await deliver(scope, { releaseId: release.id, to, subject: 'draft-missed', content });
}

/** Tells those who heard that it was not sent that it is now. */
export async function tellSentLate(scope: Scope, release: Release, draft: Draft): Promise<void> {
  const by = draft.approvedByName ?? 'Somebody';
  const content = sentLateMessage({ ...nameDraft(release, draft), by, where: whereItGoes(release, draft) });
  const to = insidersOf(release, draft);
  await deliver(scope, { releaseId: release.id, to, subject: 'draft-sent-late', content });
}

function placeOf(release: Release) {
  return (person: Parameters<typeof directMessageTo>[0]) => directMessageTo(person, { release });
}
