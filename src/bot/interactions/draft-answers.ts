import type { Card } from '../../core/card/card.ts';
import { type Line, line } from '../../core/card/line.ts';
import { localDate } from '../../core/card/local-date.ts';
import { findDraft } from '../../db/queries/drafts.ts';
import { loadRelease } from '../../db/queries/load-release.ts';
import type { ApprovedDraft } from '../../services/approval/approve-draft.ts';
import type { Ctx } from '../../services/kernel/context.ts';
import type { Refusal } from '../../services/kernel/result.ts';
import { refusalCard, sentenceCard } from '../cards/answers/refusal-card.ts';
import { draftCard } from '../cards/draft/draft-card.ts';

/** A draft as it is now, as whoever asks may decide on it; null when there is no such draft. */
export async function drawDraft({ db, actor }: Ctx, draftId: string): Promise<Card | null> {
  const draft = await findDraft(db, draftId);
  const release = draft && (await loadRelease(db, { id: draft.releaseId }));
  return release && draftCard(release, draft, actor.kind === 'person' ? actor.personId : null);
}

/** Why a decision was not taken; where the draft is no longer as it was seen, with the draft as it is now. */
export async function refusedDraft(ctx: Ctx, refusal: Refusal, draftId: string): Promise<Card> {
  const card = refusalCard(refusal);
  const isOutdated = refusal.code === 'conflict' || refusal.code === 'wrong-state';
  const present = isOutdated ? await drawDraft(ctx, draftId) : null;
  return present === null ? card : below(card, present);
}

/** The answer to whoever has approved a draft; with it as it is now, when it has changed before. */
export async function approvedAnswer(ctx: Ctx, approved: ApprovedDraft, draftId: string): Promise<Card> {
  const card = sentenceCard(approvedSentence(approved));
  const present = approved.outcome === 'changed' ? await drawDraft(ctx, draftId) : null;
  return present === null ? card : below(card, present);
}

function approvedSentence({ title, releaseKey, outcome, dueAt, zone }: ApprovedDraft): Line {
  const named = `“${title}” of ${releaseKey}`;
  if (outcome === 'sent') return `You approved ${named}. It goes out now.`;
  if (outcome === 'changed')
    return `${named} has changed since you looked, so it is not approved. Please read it again.`;
  if (dueAt === null) return `You approved ${named}. It goes out when its time comes, exactly as you saw it.`;
  return line`You approved ${named}. It goes out ${localDate(dueAt, zone)}, exactly as you saw it.`;
}

function below({ summary, blocks }: Card, present: Card): Card {
  return { summary, blocks: [...blocks, { type: 'divider' }, ...present.blocks] };
}

/** The answer about a draft that was removed. */
export const noDraftCard = sentenceCard('This draft no longer exists.');
