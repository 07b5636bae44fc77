import { suggest } from '../../lib/closest.ts';
import type { Plan } from '../plan/plan.ts';
import { CRITICAL_MILESTONES, MILESTONE_NAMES } from '../timeline/critical-milestones.ts';
import { checkKeys } from './check-keys.ts';
import { issue, type PlanIssue } from './plan-issue.ts';

type Parts = { [Field in 'milestones' | 'roles']?: Plan[Field] | undefined };

/** A milestone that the plan writes about, and where. */
interface Written {
  key: string;
  path: PlanIssue['path'];
  owner: Plan['milestones']['add'][number]['owner'] | undefined;
  after: readonly string[] | undefined;
}

/** What is wrong with the milestones of a plan: keys that are not there or taken, owners without a person, circles. */
export function checkMilestones({ milestones, roles }: Parts): PlanIssue[] {
  if (milestones === undefined) return [];
  const written = writtenMilestones(milestones);
  return [
    ...checkKeys(milestones, {
      part: 'milestones',
      defaults: MILESTONE_NAMES,
      named: 'critical milestone',
      each: 'milestone',
    }),
    ...written.flatMap((each) => checkOwner(each, roles)),
    ...written.flatMap((each) => checkAfter(each, milestones)),
    ...checkCircles(written, milestones),
  ];
}

function writtenMilestones({ change, add }: Plan['milestones']): Written[] {
  return [
    ...Object.entries(change).map(([key, { owner, after }]) => ({
      key,
      path: ['milestones', 'change', key],
      owner,
      after,
    })),
    ...add.map(({ key, owner, after }, index) => ({ key, path: ['milestones', 'add', index], owner, after })),
  ];
}

function checkOwner({ path, owner }: Written, roles: Parts['roles']): PlanIssue[] {
  if (owner === undefined || roles === undefined || roles[owner] !== undefined) return [];
  const message = `is ${owner}, for whom the plan has no person`;
  return [issue([...path, 'owner'], message, `roles.${owner} to be given`)];
}

function checkAfter({ path, after = [] }: Written, milestones: Plan['milestones']): PlanIssue[] {
  const known = knownKeys(milestones);
  return after.flatMap((key, index) => {
    if (known.includes(key)) return [];
    const at = [...path, 'after', index];
    if (milestones.drop.includes(key))
      return [issue(at, `is ${key}, which the plan drops`, 'a milestone that the plan has')];
    const message = `is "${key}", which is not a milestone of the plan`;
    return [issue(at, message, `one of ${known.join(', ')}`, suggest(key, known))];
  });
}

/** Each circle once, at the first milestone of it whose `after` the plan has written. */
function checkCircles(written: readonly Written[], milestones: Plan['milestones']): PlanIssue[] {
  const before = dependencies(written, milestones);
  const told = new Set<string>();
  return written.flatMap(({ key, path, after }) => {
    const circle = after === undefined ? undefined : findCircle(key, before);
    if (circle === undefined || told.has(key)) return [];
    for (const member of circle) told.add(member);
    const steps = circle.slice(1).map((next, index) => `${circle[index]} waits for ${next}`);
    const message = `makes a circle: ${steps.join(', ')}`;
    return [issue([...path, 'after'], message, 'milestones of which none waits for itself')];
  });
}

function dependencies(
  written: readonly Written[],
  milestones: Plan['milestones'],
): ReadonlyMap<string, readonly string[]> {
  const critical = CRITICAL_MILESTONES.map(({ name, after }) => [name, after] as const);
  const own = written.flatMap(({ key, after }) => (after === undefined ? [] : [[key, after] as const]));
  const isDropped = (key: string) => milestones.drop.includes(key);
  return new Map(
    [...critical, ...own]
      .filter(([key]) => !isDropped(key))
      .map(([key, after]) => [key, after.filter((other) => !isDropped(other))]),
  );
}

/** The shortest way from a milestone over those that it waits for back to itself, both ends included. */
function findCircle(key: string, before: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const seen = new Set<string>();
  let ways = [[key]];
  while (ways.length > 0) {
    const longer = ways.flatMap((way) => (before.get(way.at(-1) ?? '') ?? []).map((next) => [...way, next]));
    const circle = longer.find((way) => way.at(-1) === key);
    if (circle) return circle;
    ways = longer.filter((way) => {
      const end = way.at(-1) ?? '';
      if (seen.has(end)) return false;
      seen.add(end);
      return true;
    });
  }
  return undefined;
}

function knownKeys({ drop, add }: Plan['milestones']): string[] {
  const all = [...MILESTONE_NAMES.filter((name) => !drop.includes(name)), ...add.map(({ key }) => key)];
  return [...new Set(all)];
}
