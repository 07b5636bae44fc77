import type { Card } from '../../../../core/card/card.ts';
import { latestPoll } from '../../../../db/queries/polls.ts';
import { loadRollout } from '../../../../db/queries/rollouts.ts';
import { loadSchedule } from '../../../../db/queries/schedule.ts';
import { askGoNoGo } from '../../../../services/go-no-go/open-poll.ts';
import { findRelease, listCurrentReleases } from '../../../../services/release/find-release.ts';
import { refusalCard, sentenceCard } from '../../../cards/answers/refusal-card.ts';
import { releaseCard } from '../../../cards/answers/release-card.ts';
import { releaseListCard, scheduleCard } from '../../../cards/answers/release-cards.ts';
import { rolloutAnswer } from '../../../cards/rollout-card.ts';
import { parseReleaseKey } from '../../../interactions/commands/parse-release-key.ts';
import type { CommandCall } from '../command-listener.ts';

/** `/release list` */
export async function listAnswer({ ctx }: CommandCall): Promise<Card> {
  return releaseListCard(await listCurrentReleases(ctx));
}

/** `/release show [release]` */
export async function showAnswer({ ctx, words }: CommandCall): Promise<Card> {
  const found = await findRelease(ctx, parseReleaseKey(words));
  if (!found.ok) return refusalCard(found.refusal);
  return releaseCard(found.value, await latestPoll(ctx.db, found.value.id));
}

/** `/release schedule [release]` */
export async function scheduleAnswer({ ctx, words }: CommandCall): Promise<Card> {
  const found = await findRelease(ctx, parseReleaseKey(words));
  if (!found.ok) return refusalCard(found.refusal);
  return scheduleCard(found.value, await loadSchedule(ctx.db, found.value.id));
}

/** `/release status [release]` */
export async function statusAnswer({ ctx, words }: CommandCall): Promise<Card> {
  const found = await findRelease(ctx, parseReleaseKey(words));
  if (!found.ok) return refusalCard(found.refusal);
  const rollout = await loadRollout(ctx.db, found.value.id);
  return rolloutAnswer(found.value, rollout, ctx.clock.now());
}

/** `/release go-no-go [release]` */
export async function goNoGoAnswer({ ctx, words }: CommandCall): Promise<Card> {
  const asked = await askGoNoGo({ ctx, input: { releaseKey: parseReleaseKey(words) } });
  if (!asked.ok) return refusalCard(asked.refusal);
  const { releaseKey, opened } = asked.value;
  return sentenceCard(
    opened
      ? `The go/no-go for ${releaseKey} is open. The required roles are asked in their direct messages.`
      : `A go/no-go for ${releaseKey} is open already; its card is in the release's channel.`,
  );
}
