import { checkTrail } from '../../services/audit/check-trail.ts';
import { nameTrail } from '../../services/audit/name-trail.ts';
import { readTrail } from '../../services/audit/read-trail.ts';
import { tellTrail } from '../../services/audit/tell-trail.ts';
import type { Ctx } from '../../services/kernel/context.ts';
import { auditCard, auditPage } from '../cards/answers/audit-card.ts';
import { type Answer, answerRefusal, answerSecret } from './interaction.ts';

/** A part of a release's audit trail with the result of a check, for the person alone. */
export async function showAudit(
  ctx: Ctx,
  { releaseKey, all, before }: { releaseKey: string | null; all: boolean; before: number | null },
): Promise<Answer> {
  const read = await readTrail({ ctx, input: { releaseKey } });
  if (!read.ok) return answerRefusal(read.refusal);
  const release = read.value;
  const { trusted } = ctx.trailKeys;
  const [checked, trail] = await Promise.all([
    checkTrail(ctx.db, release.id, { trusted }),
    tellTrail(ctx.db, release.id, { names: nameTrail(release), all, before, limit: auditPage }),
  ]);
  return answerSecret(auditCard(release, { trail, checked, all }));
}
