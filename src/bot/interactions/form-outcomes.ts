import type { Card } from '../../core/card/card.ts';
import type { FormAnswer, FormOutcome } from '../../core/card/form.ts';
import { type Line, line } from '../../core/card/line.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { lookForCollisions } from '../../services/collisions/look-for-collisions.ts';
import type { Ctx } from '../../services/kernel/context.ts';
import type { Refusal } from '../../services/kernel/result.ts';
import type { DifferingNames } from '../../services/release/check-names.ts';
import { type CreatedRelease, createRelease } from '../../services/release/create-release.ts';
import { collisionBlocks } from '../cards/answers/collision-blocks.ts';
import { refusalCard } from '../cards/answers/refusal-card.ts';
import { createdReleaseCard } from '../cards/answers/release-cards.ts';

/** What can be put right in the form, or just tried again. */
const fixable: readonly Refusal['code'][] = ['invalid', 'already-exists', 'unavailable'];

/**
 * A refusal beside the field that can put it right, `field` unless the verb names one, so that nothing has to be typed
 * again; else in place of the form.
 */
export function refusedOutcome(refusal: Refusal, field: string): FormOutcome {
  const isFixable = refusal.field !== undefined || fixable.includes(refusal.code);
  if (!isFixable) return notDoneOutcome(refusalCard(refusal));
  const errors = { [refusal.field ?? field]: (refusal.reasons ?? []).reduce(sentences, refusal.message) };
  const late = refusal.code === 'unavailable' ? { late: refusalCard(refusal) } : {};
  return { kind: 'errors', errors, ...late };
}

function sentences(before: Line, next: Line): Line {
  return line`${before} ${next}`;
}

export function notDoneOutcome(card: Card): FormAnswer {
  return { kind: 'answer', title: 'Not done', card, notDone: true };
}

/**
 * Creates the release that a form described; what can be put right is said beside `field`. `warnings`: what was odd
 * about the text that the plan was read from, in whole sentences.
 */
export async function planOutcome(
  ctx: Ctx,
  {
    plan,
    field,
    warnings = [],
    differingNames = 'refuse',
  }: { plan: Plan; field: string; warnings?: readonly string[]; differingNames?: DifferingNames },
): Promise<FormOutcome> {
  const result = await createRelease({ ctx, input: { plan, differingNames } });
  if (!result.ok) return refusedOutcome(result.refusal, field);
  const created = { ...result.value, warnings: [...warnings, ...result.value.warnings] };
  return plannedOutcome(ctx, plan, created);
}

export async function plannedOutcome(ctx: Ctx, plan: Plan, created: CreatedRelease): Promise<FormOutcome> {
  const card = await withCollisions(ctx, plan, createdReleaseCard(created));
  return { kind: 'answer', title: 'Planned', card };
}

/** A card about a plan that says, below, what the plan collides with. */
export async function withCollisions(ctx: Ctx, plan: Plan, card: Card): Promise<Card> {
  const collisions = collisionBlocks(plan, await lookForCollisions(ctx, plan));
  return { ...card, blocks: [...card.blocks, ...collisions] };
}
