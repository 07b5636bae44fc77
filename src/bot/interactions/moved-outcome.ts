import { type Card, paragraph } from '../../core/card/card.ts';
import type { FormAnswer } from '../../core/card/form.ts';
import { type Line, line } from '../../core/card/line.ts';
import { localDate } from '../../core/card/local-date.ts';
import { describeMove } from '../../core/messages/moved-message.ts';
import { countWords } from '../../lib/count-words.ts';
import { listWords } from '../../lib/list-words.ts';
import type { Ctx } from '../../services/kernel/context.ts';
import type { RescheduledRelease } from '../../services/lifecycle/reschedule-release.ts';
import { findRelease } from '../../services/release/find-release.ts';
import { withCollisions } from './form-outcomes.ts';

/** What is answered to whoever has moved go-live. */
export async function movedOutcome(ctx: Ctx, moved: RescheduledRelease): Promise<FormAnswer> {
  const found = await findRelease(ctx, moved.releaseKey);
  const said = movedCard(moved);
  const card = found.ok ? await withCollisions(ctx, found.value.plan, said) : said;
  return { kind: 'answer', title: 'Moved', card };
}

function movedCard(moved: RescheduledRelease): Card {
  const { releaseKey, goLiveAt, zone, audiences } = moved;
  const summary: Line = line`${releaseKey} now goes live ${localDate(goLiveAt, zone)}.`;
  const others =
    audiences === 0 ? '' : ` and in ${countWords(audiences, 'other place')} that had the old date`;
  const told = `I'll announce it in the release's channel${others}.`;
  const edited: Line[] = moved.edited
    ? [
        `The plan also changed: ${listWords(moved.edited.changed)}.`,
        ...moved.edited.consequences,
        ...moved.edited.warnings,
      ]
    : [];
  const sentences = [summary, told, ...describeMove(releaseKey, moved), ...edited];
  return { summary, blocks: sentences.map((one) => paragraph(one)) };
}
