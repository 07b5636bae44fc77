import { eq } from 'drizzle-orm';
import { POLL_TEMPLATES } from '../../core/schedule/default-communications.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { latestPoll } from '../../db/queries/polls.ts';
import { polls } from '../../db/schema/go-no-go.ts';
import type { Scope } from '../kernel/scope.ts';
import { renderMessage } from '../messages/render-message.ts';

/** What the card of an open poll says of the release is what is so now. The caller holds the release's lock. */
export async function refreshIntro(scope: Scope, release: Release): Promise<void> {
  const poll = await latestPoll(scope.tx, release.id);
  if (poll?.state !== 'open') return;
  const { blocks: intro } = renderMessage(scope.ctx, release, {
    template: POLL_TEMPLATES[poll.kind],
    trafficPercent: null,
    now: scope.now,
  });
  await scope.tx.update(polls).set({ intro }).where(eq(polls.id, poll.id));
  scope.invalidateCards(release.id);
}
