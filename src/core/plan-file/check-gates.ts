import { metricRegistry } from '../metrics/metric-registry.ts';
import type { Plan } from '../plan/plan.ts';
import { limitKind, limitKindOf } from '../plan/readiness-schema.ts';
import { allGates } from '../readiness/gates/default-gates.ts';
import { checkKeys } from './check-keys.ts';
import { issue, type PlanIssue } from './plan-issue.ts';

type Parts = { [Field in 'readiness' | 'roles']?: Plan[Field] | undefined };

/** The same at every risk tolerance, but for the limits. */
const defaults = allGates('medium');

/** What is wrong with the gates of a plan: keys that are not there or taken, limits that don't fit, owners without a person. */
export function checkGates({ readiness, roles }: Parts): PlanIssue[] {
  if (readiness === undefined) return [];
  const { gates } = readiness;
  const list = {
    part: 'readiness.gates',
    defaults: defaults.map(({ key }) => key),
    named: 'default gate',
    each: 'gate',
  };
  const keys = checkKeys(gates, list).map((found) => ({ ...found, path: inGates(found.path) }));
  const included = checkKeys({ change: {}, drop: gates.include, add: [] }, list).map((found) => ({
    ...found,
    path: ['readiness', 'gates', 'include', ...found.path.slice(2)],
  }));
  return [
    ...keys,
    ...included,
    ...checkLimits(gates.change),
    ...checkOwners(gates, roles),
    ...checkMeasures(gates),
  ];
}

/** `readiness.gates` is two steps of the way. */
function inGates([, ...rest]: PlanIssue['path']): PlanIssue['path'] {
  return ['readiness', 'gates', ...rest];
}

type Gates = NonNullable<Plan['readiness']>['gates'];

function checkLimits(change: Gates['change']): PlanIssue[] {
  return Object.entries(change).flatMap(([key, { limit }]) => {
    const gate = defaults.find((each) => each.key === key);
    if (gate === undefined || limit === undefined) return [];
    const wanted = limitKind(gate.comparator);
    if (limitKindOf(limit) === wanted) return [];
    const path = ['readiness', 'gates', 'change', key, 'limit'];
    return [
      issue(path, `does not fit ${key}`, wanted === 'no limit' ? 'no limit: it passes or not' : wanted),
    ];
  });
}

function checkOwners({ change, add }: Gates, roles: Parts['roles']): PlanIssue[] {
  const owners = [
    ...Object.entries(change).map(([key, { owner }]) => ({ owner, path: ['change', key] })),
    ...add.map(({ owner }, index) => ({ owner, path: ['add', index] })),
  ];
  return owners.flatMap(({ owner, path }) => {
    if (owner === undefined || roles === undefined || roles[owner] !== undefined) return [];
    const message = `is ${owner}, for whom the plan has no person`;
    return [issue(['readiness', 'gates', ...path, 'owner'], message, `roles.${owner} to be given`)];
  });
}

/** A grade is nothing that can be measured, and a metric has a unit. */
function checkMeasures({ change, add }: Gates): PlanIssue[] {
  const changed = Object.entries(change).flatMap(([key, { measure }]) => {
    const gate = defaults.find((each) => each.key === key);
    return gate && measure ? [{ gate, measure, path: ['change', key] }] : [];
  });
  const added = add.flatMap(({ measure, ...gate }, index) =>
    measure ? [{ gate, measure, path: ['add', index] }] : [],
  );
  return [...changed, ...added].flatMap(({ gate: { comparator, unit }, measure: { metric }, path }) => {
    const at = ['readiness', 'gates', ...path, 'measure'];
    if (comparator === 'better-than')
      return [issue(at, 'is of a gate with grades', 'results that are sent, or given by hand')];
    if (metric === undefined) return [];
    const { unitSign } = metricRegistry.get(metric);
    return unitSign === unit
      ? []
      : [
          issue(
            [...at, 'metric'],
            `is in ${unitSign}`,
            unit === '' ? 'a query' : `a metric or a query in ${unit}`,
          ),
        ];
  });
}
