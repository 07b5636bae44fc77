/** Something wrong in a plan, before it is known where in a text it stands. */
export interface PlanIssue {
  /** Keys and indexes from the plan's root; empty for the plan as a whole. */
  path: readonly (string | number)[];
  /** Continues the path: `is missing`. */
  message: string;
  /** Continues "expected": `a time of day such as 09:30`. */
  expected: string;
  /** A further sentence, such as "Did you mean goLive?". */
  hint?: string;
  /** Whether it is about the key itself or its value. */
  at: 'key' | 'value';
  /** A text belongs there: when YAML read something else, it says how to write it. */
  wantsText?: true;
}

/** What is wrong with a value. */
export function issue(path: PlanIssue['path'], message: string, expected: string, hint?: string): PlanIssue {
  return { path, message, expected, ...(hint === undefined ? {} : { hint }), at: 'value' };
}

/** `rollout.phases[2].trafficPercent`; `plan` for the root. */
export function formatPath(path: readonly (string | number)[]): string {
  const said = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('');
  return said.replace(/^\./, '') || 'plan';
}

/** The whole problem as one line, without its place: `goLive.zone is missing; expected …. Did you mean …?` */
export function describeIssue(issue: Pick<PlanIssue, 'message' | 'expected' | 'hint'>): string {
  const sentence = `${issue.message}; expected ${issue.expected}.`;
  return issue.hint === undefined ? sentence : `${sentence} ${issue.hint}`;
}
