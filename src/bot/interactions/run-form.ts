import type { FormOutcome, FormValues } from '../../core/card/form.ts';
import type { Ctx } from '../../services/kernel/context.ts';
import { sentenceCard } from '../cards/answers/refusal-card.ts';
import { notDoneOutcome } from './form-outcomes.ts';
import { forms } from './registry.ts';
import { runRequest } from './run-request.ts';

/** Does what a submitted form asks for. `metadata` is what the form was opened with, as it came back. */
export async function runForm(submission: {
  ctx: Ctx;
  name: string;
  values: FormValues;
  metadata: unknown;
  /** Set when they went back instead. */
  back?: boolean;
}): Promise<FormOutcome> {
  const { ctx, values, back = false } = submission;
  const form = forms.find(submission.name);
  const read = form?.metadata.safeParse(submission.metadata);
  if (!form || !read?.success) return outdated;
  return runRequest(ctx, {}, () => form.run({ ctx, values, metadata: read.data, back }));
}

const outdated = notDoneOutcome(
  sentenceCard(
    'This form is from an older version of tminus. Close it and start again from the command or the card.',
  ),
);
