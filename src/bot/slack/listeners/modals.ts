import * as z from 'zod';
import type { Card } from '../../../core/card/card.ts';
import type { Plan } from '../../../core/plan/plan.ts';
import { ROLE_NAMES, type RoleName } from '../../../core/plan/roles.ts';
import { parsePlan } from '../../../core/plan-file/parse-plan.ts';
import { planFromForm } from '../../../core/plan-file/plan-from-form.ts';
import { describeIssue } from '../../../core/plan-file/plan-issue.ts';
import { castVote } from '../../../services/go-no-go/cast-vote.ts';
import { askPlatform, directoryOf } from '../../../services/kernel/ask-platform.ts';
import { done, type Refusal } from '../../../services/kernel/result.ts';
import { createRelease } from '../../../services/release/create-release.ts';
import { rollBackRollout } from '../../../services/rollout/roll-back-rollout.ts';
import { refusalCard, sentenceCard } from '../../cards/answers/refusal-card.ts';
import { createdReleaseCard } from '../../cards/answers/release-cards.ts';
import type { ListenerContext } from './listener-context.ts';
import { createSubmitListener, type SubmitAnswer, type SubmitCall } from './submit-listener.ts';

/** So many problems of a pasted plan are told beside the field; the rest come when these are mended. */
const problemsShown = 5;

const outdated =
  'This window is from an older version of tminus. Close it and start again from the command or card.';

/** What every submitted window does. */
export function createModals(context: ListenerContext): ReturnType<typeof createSubmitListener> {
  const handlers = {
    'no-go': submitNoGo,
    'roll-back': submitRollback,
    'new-release': submitNewRelease,
    'import-release': submitImport,
  };
  return createSubmitListener(context, handlers, async () => notDone(sentenceCard(outdated)));
}

async function submitNoGo({ ctx, values, metadata }: SubmitCall): Promise<SubmitAnswer> {
  const pollId = z.object({ pollId: z.string() }).safeParse(metadata).data?.pollId ?? '';
  const result = await castVote({ ctx, input: { pollId, choice: 'no_go', reason: values.reason ?? null } });
  return result.ok ? { close: true } : refused(result.refusal, 'reason');
}

async function submitRollback({ ctx, values, metadata }: SubmitCall): Promise<SubmitAnswer> {
  const releaseKey = z.object({ releaseKey: z.string() }).safeParse(metadata).data?.releaseKey ?? '';
  const result = await rollBackRollout({ ctx, input: { releaseKey, reason: values.reason ?? '' } });
  if (!result.ok) return refused(result.refusal, 'reason');
  const told = `The rollback of ${result.value.releaseKey} is under way. The release's channel tells when it is confirmed.`;
  return { title: 'Rolling back', answer: sentenceCard(told) };
}

async function submitNewRelease({ ctx, values }: SubmitCall): Promise<SubmitAnswer> {
  const picked = await askPlatform(ctx, () => pickedPeople(ctx, values));
  if (!picked.ok) return refused(picked.refusal, 'key');
  const value = (name: string) => values[name] ?? '';
  const form = {
    key: value('key'),
    product: value('product'),
    version: value('version'),
    type: value('type'),
    summary: value('summary'),
    date: value('date'),
    time: value('time'),
    zone: value('zone'),
    roles: picked.value,
  };
  const read = planFromForm(form, { now: ctx.clock.now() });
  if (read.ok) return plan(ctx, read.plan, 'key');
  return { errors: Object.fromEntries(read.problems.map(({ field, message }) => [field, message])) };
}

async function pickedPeople(ctx: SubmitCall['ctx'], values: SubmitCall['values']) {
  const slack = directoryOf(ctx, 'slack');
  const roles: Partial<Record<RoleName, { name: string; email: string }>> = {};
  await Promise.all(
    ROLE_NAMES.map(async (role) => {
      const id = values[`roles.${role}`];
      const person = id ? await slack.findPerson(id) : null;
      if (person) roles[role] = { name: person.name, email: person.email ?? '' };
    }),
  );
  return done(roles);
}

async function submitImport({ ctx, values }: SubmitCall): Promise<SubmitAnswer> {
  const { clock, templates, adapters } = ctx;
  const options = { now: clock.now(), templates: [...templates.keys()], adapters };
  const read = parsePlan(values.plan ?? '', options);
  if (read.ok) return plan(ctx, read.plan, 'plan');
  const lines = read.problems
    .slice(0, problemsShown)
    .map((problem) => `Line ${problem.line}: ${problem.path} ${describeIssue(problem)}`);
  const more = read.problems.length - lines.length;
  if (more > 0) lines.push(`… and ${more} more.`);
  return { errors: { plan: lines.join('\n') } };
}

/** What can be mended in the form is told beside `field`, so that nothing has to be typed again. */
async function plan(ctx: SubmitCall['ctx'], input: Plan, field: string): Promise<SubmitAnswer> {
  const result = await createRelease({ ctx, input: { plan: input } });
  if (!result.ok) return refused(result.refusal, field);
  return { title: 'Planned', answer: createdReleaseCard(result.value) };
}

const mendable: readonly Refusal['code'][] = ['invalid', 'already-exists', 'unavailable'];

function refused(refusal: Refusal, field: string): SubmitAnswer {
  if (!mendable.includes(refusal.code)) return notDone(refusalCard(refusal));
  const errors = { [field]: [refusal.message, ...(refusal.reasons ?? [])].join(' ') };
  return refusal.code === 'unavailable' ? { errors, late: refusalCard(refusal) } : { errors };
}

function notDone(answer: Card): SubmitAnswer {
  return { title: 'Not done', answer };
}
