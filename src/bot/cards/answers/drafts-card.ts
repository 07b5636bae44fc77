import { showDraftButton } from '../../../core/approval/draft-buttons.ts';
import { isOpenDraft } from '../../../core/approval/draft-standing.ts';
import { type Block, bold, type Card, command, note } from '../../../core/card/card.ts';
import { type Line, line } from '../../../core/card/line.ts';
import { localDate } from '../../../core/card/local-date.ts';
import { type Draft, standingOf } from '../../../db/queries/drafts.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import { mayDecide } from '../../../services/approval/who-decides.ts';
import { placesOf } from '../../../services/kernel/places-of.ts';
import { approvalWords } from '../parts/approval-words.ts';
import { draftTitle } from '../parts/draft-title.ts';
import { lines } from '../parts/lines.ts';
import { releaseName } from '../parts/release-name.ts';

/** So many are listed: with more, a message of Slack has no room for what the last buttons are about. */
const maxListed = 12;

/** Everything that customers read of a release, with how its approval stands; for whoever asks. */
export function draftsCard(release: Release, drafts: readonly Draft[], personId: string | null): Card {
  const summary = `What customers read about ${release.key}`;
  const rankOf = (draft: Draft) => rank(release, draft, personId);
  const shown = [...drafts].sort((one, other) => rankOf(one) - rankOf(other));
  return {
    summary,
    blocks: [
      { type: 'header', text: `📝 ${releaseName(release)}: what customers read` },
      ...(drafts.length === 0
        ? [note('Its schedule has no message for customers, so nothing needs approval.')]
        : []),
      ...shown.slice(0, maxListed).flatMap((draft) => draftBlocks(release, draft, personId)),
      ...(shown.length > maxListed
        ? [
            note(
              line`… and ${shown.length - maxListed} more; those waiting for approval come first. See them all with ${command('release', `schedule ${release.key}`)}.`,
            ),
          ]
        : []),
    ],
  };
}

/** What waits for whoever asks comes first, so that with each decision the next one comes in sight. */
function rank(release: Release, draft: Draft, personId: string | null): number {
  const standing = standingOf(draft, release);
  if (!isOpenDraft(standing)) return 3;
  if (standing === 'approved') return 2;
  return mayDecide(release, draft.item, personId) ? 0 : 1;
}

function draftBlocks(release: Release, draft: Draft, personId: string | null): Block[] {
  const standing = standingOf(draft, release);
  const { mark, summary } = draftTitle(standing);
  const { item } = draft;
  const zone = release.plan.goLive.zone;
  const when: Line = item.dueAt === null ? item.localTime : line`${localDate(item.dueAt, zone)}`;
  const how = approvalWords(release, draft);
  const decides = isOpenDraft(standing) && mayDecide(release, item, personId);
  return [
    ...lines(
      line`${mark} ${bold(item.title)} · ${summary}`,
      line`${when}, ${placesOf(release, item.addresses)}${how === null ? '' : line`: ${how}`}`,
    ),
    {
      type: 'actions',
      buttons: [showDraftButton(draft.id, decides ? 'Show and decide' : 'Show the draft')],
    },
  ];
}
