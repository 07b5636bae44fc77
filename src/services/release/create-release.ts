import * as z from 'zod';
import { command } from '../../core/card/card.ts';
import { type Line, line } from '../../core/card/line.ts';
import { factsOf } from '../../core/facts/facts.ts';
import { plannedMessage } from '../../core/messages/planned-message.ts';
import { type Plan, planSchema } from '../../core/plan/plan.ts';
import { type PlanPreview, previewPlan } from '../../core/plan-file/preview-plan.ts';
import { deriveSchedule } from '../../core/schedule/derive-schedule.ts';
import { goLiveInstant } from '../../core/schedule/resolve-schedule-time.ts';
import { markPlanned } from '../../db/queries/release-drafts.ts';
import { updateDrafts } from '../approval/update-drafts.ts';
import { askPlatform } from '../kernel/ask-platform.ts';
import type { Ctx } from '../kernel/context.ts';
import { deliver } from '../kernel/effects.ts';
import { actorName } from '../kernel/permissions.ts';
import { frozenGoLive } from '../kernel/refuse-frozen.ts';
import { lockedProduct } from '../kernel/refuse-locked.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { storable } from '../kernel/storable.ts';
import { runVerb } from '../kernel/verb.ts';
import { updateTasks } from '../tasks/update-tasks.ts';
import type { DifferingNames } from './check-names.ts';
import { checkPlanned } from './check-planned.ts';
import { destinationsFor } from './destinations-for.ts';
import { insertRelease } from './insert-release.ts';
import { insertSchedule } from './insert-schedule.ts';
import { lookUpPlan, type PlanDirectory } from './look-up-plan.ts';
import { checkCreation } from './may-create-release.ts';
import { moveRelease } from './move-release.ts';

/**
 * The plan was parsed where it was read. It is parsed again in a fraction of a millisecond, which leaves it as it
 * is. Whether its parts fit together, such as a poll's opening and closing, is for its reader (`validatePlan`).
 */
const inputSchema = z.object({
  plan: planSchema,
  differingNames: z.enum(['refuse', 'use-account']).default('refuse'),
  /** What it was filled in as, which is done with then. */
  draftId: z.uuid().optional(),
});
type Input = z.infer<typeof inputSchema>;

export interface CreatedRelease extends PlanPreview {
  releaseId: string;
  releaseKey: string;
}

/**
 * Plans a release: its people and addresses are found, its whole schedule becomes rows, at once or not at all. A name
 * that is not its account's is refused unless somebody has confirmed that the account's is meant.
 */
export async function createRelease(args: {
  ctx: Ctx;
  input: { plan: Plan; differingNames?: DifferingNames; draftId?: string };
}): Promise<Result<CreatedRelease>> {
  const { ctx } = args;
  // People and addresses are looked up before the verb runs, by the names that it will store.
  const input = storable(args.input);
  const asked = await askPlatform(ctx, async () => {
    const allowed = await checkCreation(ctx);
    return allowed.ok ? done(await lookUpPlan(ctx, input.plan)) : allowed;
  });
  const name = 'release.create';
  // Whatever the plan: who may not plan is told that first.
  if (!asked.ok) return runVerb({ name, input: z.unknown(), run: async () => asked }, { ctx, input });
  const run = (scope: Scope, parsed: Input) => create(scope, parsed, asked.value);
  return runVerb({ name, input: inputSchema, run }, { ctx, input });
}

async function create(scope: Scope, input: Input, found: PlanDirectory): Promise<Result<CreatedRelease>> {
  const { actor, adapters } = scope.ctx;
  const { plan, directory, problems } = checkPlanned(scope.ctx, input, found);
  if (problems.length > 0) {
    return refuse('invalid', `${plan.release} was not planned.`, { reasons: problems });
  }
  const goLiveAt = goLiveInstant(plan);
  const preview = previewPlan(plan, { now: scope.now, adapters });
  if (goLiveAt <= scope.now) {
    return refuse('invalid', `Go-live, ${preview.goLive}, has passed. Choose a later date.`);
  }
  const frozen = await frozenGoLive(scope.tx, scope.ctx, plan);
  if (frozen) return refuse('invalid', frozen);
  const locked = await lockedProduct(scope.tx, plan);
  if (locked) return refuse('conditions-unmet', locked);
  const release = await insertRelease(scope, plan, { goLiveAt, directory });
  if (!release) return refuse('already-exists', describeTakenKey(plan.release));
  await moveRelease(scope, release, 'plan');
  const schedule = deriveSchedule(plan);
  await insertSchedule(scope, release, schedule);
  await updateDrafts(scope, release);
  await updateTasks(scope, release);
  const [next] = schedule.flatMap((item) => (item.dueAt !== null && item.dueAt > scope.now ? [item] : []));
  await deliver(scope, {
    releaseId: release.id,
    to: destinationsFor(release, 'release'),
    subject: 'planned',
    states: factsOf(plan, ['date', 'time', 'summary']),
    content: plannedMessage({
      plan,
      goLiveAt,
      plannedBy: actorName(release, actor),
      next: next ?? null,
    }),
  });
  if (input.draftId !== undefined && actor.kind === 'person') {
    await markPlanned(scope.tx, { id: input.draftId, personId: actor.personId, plannedAs: release.key });
  }
  scope.invalidateCards(release.id);
  return done({ releaseId: release.id, releaseKey: release.key, ...preview });
}

/** There is a release with this key. */
export function describeTakenKey(key: string): Line {
  return line`There is already a release "${key}". Choose another key, or change that one with ${command('release', `edit ${key}`)} or by importing its whole plan.`;
}
