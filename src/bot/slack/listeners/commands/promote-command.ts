import type { Card } from '../../../../core/card/card.ts';
import { promoteRollout } from '../../../../services/rollout/promote-rollout.ts';
import { refusalCard, sentenceCard } from '../../../cards/answers/refusal-card.ts';
import { parsePromote } from '../../../interactions/commands/parse-promote.ts';
import type { CommandCall } from '../command-listener.ts';

/** `/promote [release] [to 10% | full]` */
export async function promoteCommand({ ctx, words }: CommandCall): Promise<Card> {
  const parsed = parsePromote(words);
  if (!parsed.ok) return sentenceCard(parsed.message);
  const { releaseKey, target } = parsed;
  const result = await promoteRollout({ ctx, input: { releaseKey, target } });
  if (!result.ok) return refusalCard(result.refusal);
  const { releaseKey: key, fromShare, toShare } = result.value;
  return sentenceCard(
    `${key}: promotion${fromShare === null ? '' : ` from ${fromShare} %`} to ${toShare} % is on its way. The card tells when it is confirmed.`,
  );
}
