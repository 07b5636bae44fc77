import { type Line, line } from '../../../core/card/line.ts';
import { shortReason } from '../../../core/messages/reason.ts';
import { type Draft, standingOf } from '../../../db/queries/drafts.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import { listWords } from '../../../lib/list-words.ts';
import { ownersOf } from '../../../services/approval/who-decides.ts';
import { onOneLine } from './lines.ts';

/** How the approval of a message stands, as a clause for a line of a list; null when there is nothing to say. */
export function approvalWords(release: Release, draft: Draft): Line | null {
  const owners = ownersOf(release, draft.item).map(({ name }) => name);
  const who = owners.length > 0 ? listWords(owners, 'or') : 'somebody who can be reached';
  switch (standingOf(draft, release)) {
    case 'waiting':
      return `waits for the approval of ${who}`;
    case 'approved':
      return `approved by ${draft.approvedByName ?? 'somebody'}`;
    case 'held':
      return line`on hold by ${draft.heldByName ?? 'somebody'}: ${shortReason(onOneLine(draft.holdReason ?? ''))}`;
    case 'late':
    case 'late-held':
      return `goes out when ${who} approves it now`;
    case 'sent':
    case 'ended':
      return null;
  }
}
