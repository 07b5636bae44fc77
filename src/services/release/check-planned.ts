import type { Plan } from '../../core/plan/plan.ts';
import { checkAdapters, checkGateSources } from '../../core/plan-file/check-adapters.ts';
import { describeIssue, formatPath, type PlanIssue } from '../../core/plan-file/plan-issue.ts';
import type { Services } from '../kernel/context.ts';
import {
  asAccount,
  type DifferingNames,
  distinctPeopleProblems,
  nameProblems,
  withAccountNames,
} from './check-names.ts';
import type { PlanDirectory } from './look-up-plan.ts';

/** A plan with its people and addresses, and everything that stands against it, in sentences. */
export interface CheckedPlan {
  plan: Plan;
  directory: PlanDirectory;
  problems: string[];
}

/** Checks what the platforms know of a plan, and whether what it runs on is configured. */
export function checkPlanned(
  { adapters }: Pick<Services, 'adapters'>,
  { differingNames }: { differingNames: DifferingNames },
  found: PlanDirectory,
): CheckedPlan {
  const usesAccounts = differingNames === 'use-account';
  const plan = usesAccounts ? withAccountNames(found.plan, found.people) : found.plan;
  const directory = usesAccounts ? { ...found, people: found.people.map(asAccount) } : found;
  const problems = [
    ...[...checkAdapters(plan.rollout, adapters), ...checkGateSources(plan, adapters)].map(inOneLine),
    ...directory.problems,
    ...nameProblems(directory.people),
    ...distinctPeopleProblems(plan, directory.people),
  ];
  return { plan, directory, problems };
}

/** What is wrong with a plan, its place first. */
export function inOneLine(issue: PlanIssue): string {
  return `${formatPath(issue.path)} ${describeIssue(issue)}`;
}
