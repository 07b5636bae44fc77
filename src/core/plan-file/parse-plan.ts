import { shortenAtWord } from '../../lib/shorten-text.ts';
import type { Plan } from '../plan/plan.ts';
import type { PlanCheckOptions } from './check-plan.ts';
import { formatPath, type PlanIssue } from './plan-issue.ts';
import { readYaml, type YamlReading } from './read-yaml.ts';
import { validatePlan } from './validate-plan.ts';

/** Something wrong in a plan's text. `line` and `column` count from 1. */
export interface PlanProblem {
  line: number;
  column: number;
  /** Such as `rollout.phases[2].trafficPercent`; `plan` for the text as a whole. */
  path: string;
  /** Continues the path: `is missing`. */
  message: string;
  /** Continues "expected". */
  expected: string;
  /** A further sentence, such as "Did you mean goLive?". */
  hint?: string;
}

export interface PlanTextWarning {
  line: number;
  column: number;
  path: string;
  /** A whole sentence. */
  message: string;
  /** The text as it was read, or the plan that it says. */
  about: 'text' | 'plan';
}

export type PlanReading =
  | { ok: true; plan: Plan; warnings: PlanTextWarning[] }
  | { ok: false; problems: PlanProblem[] };

/**
 * Reads a plan from YAML. Every problem is told at once, in the order of the text, each with its place
 * and what was expected. `now` (epoch ms): refuse a go-live that has passed, warn of communications
 * that have. `templates`: refuse others. Never throws, whatever the text.
 */
export function parsePlan(text: string, options: PlanCheckOptions = {}): PlanReading {
  const yaml = readYaml(text);
  const syntax = yaml.problems.map((problem) => readable({ ...problem, path: 'plan' }));
  if (yaml.value === undefined) return { ok: false, problems: syntax };
  const validation = validatePlan(yaml.value, options);
  if (!validation.ok || syntax.length > 0) {
    const issues = validation.ok ? [] : validation.issues;
    const problems = issues.map((issue) => placed(issue, yaml));
    return { ok: false, problems: [...syntax, ...problems].sort(inTextOrder) };
  }
  const ofPlan = validation.warnings.map(({ path, message }) => ({
    ...yaml.placeOf({ path, at: 'value' }),
    path: formatPath(path),
    message,
    about: 'plan' as const,
  }));
  return { ok: true, plan: validation.plan, warnings: [...yaml.warnings.map(ofText), ...ofPlan] };
}

function placed({ path, message, expected, hint, at, wantsText }: PlanIssue, yaml: YamlReading): PlanProblem {
  const advice = hint ?? (wantsText ? yaml.explain(path) : undefined);
  return readable({
    ...yaml.placeOf({ path, at }),
    path: formatPath(path),
    message,
    expected,
    ...(advice === undefined ? {} : { hint: sayable(advice, 300) }),
  });
}

function ofText({ line, column, path, message }: YamlReading['warnings'][number]): PlanTextWarning {
  return { line, column, path: formatPath(path), message: sayable(message, 500), about: 'text' };
}

/** A text may hold a key of any length, or escapes of what no terminal should get: enough is said to find it. */
function readable(problem: PlanProblem): PlanProblem {
  return { ...problem, path: sayable(problem.path, 120), message: sayable(problem.message, 300) };
}

function sayable(words: string, most: number): string {
  return shortenAtWord(words.replace(/\s+/g, ' ').replace(/\p{Cc}/gu, '\ufffd'), most);
}

function inTextOrder(left: PlanProblem, right: PlanProblem): number {
  return left.line - right.line || left.column - right.column;
}
