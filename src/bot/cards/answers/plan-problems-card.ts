import { type Card, paragraph } from '../../../core/card/card.ts';
import { inlines } from '../../../core/card/line.ts';
import type { PlanProblem } from '../../../core/plan-file/parse-plan.ts';
import { describeIssue } from '../../../core/plan-file/plan-issue.ts';
import { countWords } from '../../../lib/count-words.ts';

/** Everything that is wrong in a plan, in the order of its text. `name`: what the text is called. */
export function planProblemsCard(name: string, problems: readonly PlanProblem[]): Card {
  const summary = `${name} has ${countWords(problems.length, 'problem')}. Nothing was planned.`;
  const items = problems.map((problem) =>
    inlines(`Line ${problem.line}: ${problem.path} ${describeIssue(problem)}`),
  );
  return { summary, blocks: [paragraph(summary), { type: 'list', ordered: false, items }] };
}
