import { command } from '../../core/card/card.ts';
import { line } from '../../core/card/line.ts';
import type { Ctx } from '../../services/kernel/context.ts';
import { type Answer, answerSentence } from './interaction.ts';
import { actions } from './registry.ts';
import { runRequest } from './run-request.ts';

/** Does what a button asks for. `value` is the button's, as it came. */
export async function runAction(request: { ctx: Ctx; name: string; value: unknown }): Promise<Answer> {
  const action = actions.find(request.name);
  const read = action?.value.safeParse(request.value);
  if (!action || !read?.success) return outdated;
  return runRequest(request.ctx, action, () => action.run({ ctx: request.ctx, value: read.data }));
}

/** Messages stay, and the buttons that they were posted with. */
const outdated = answerSentence(
  line`This button is from an older message and no longer does anything. Use the latest card, or ${command('release', 'help')}.`,
);
