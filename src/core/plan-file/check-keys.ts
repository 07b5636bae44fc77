import { suggest } from '../../lib/closest.ts';
import { issue, type PlanIssue } from './plan-issue.ts';

/** How a plan differs from a list of defaults: by their keys. */
interface Differences {
  change: Readonly<Record<string, unknown>>;
  drop: readonly string[];
  add: readonly { key: string }[];
}

/** The list that it differs from. */
interface DefaultList {
  /** The field of the plan. */
  part: string;
  defaults: readonly string[];
  /** What one of the defaults is called, and any of the list: `default communication`, `communication`. */
  named: string;
  each: string;
  /** Keys that are taken, but are changed in another part of the plan. */
  elsewhere?: { keys: readonly string[]; hint: string };
}

/** Keys that are changed or dropped and not there, changed and dropped, or added and taken. */
export function checkKeys({ change, drop, add }: Differences, list: DefaultList): PlanIssue[] {
  const { part, defaults, each, elsewhere } = list;
  const changed = Object.keys(change).flatMap((key) => {
    const path = [part, 'change', key];
    const both = drop.includes(key) ? [issue(path, 'is changed and dropped', 'one of the two')] : [];
    return [...checkKnown(path, key, list).map((found) => ({ ...found, at: 'key' as const })), ...both];
  });
  const dropped = drop.flatMap((key, index) => checkKnown([part, 'drop', index], key, list));
  const taken = [...defaults, ...(elsewhere?.keys ?? [])];
  const added = add.flatMap(({ key }, index) => {
    const isTaken = taken.includes(key) || add.findIndex((other) => other.key === key) !== index;
    const path = [part, 'add', index, 'key'];
    const expected = `a key that no other ${each} has`;
    return isTaken ? [issue(path, `is "${key}", which is taken`, expected)] : [];
  });
  return [...changed, ...dropped, ...added];
}

function checkKnown(
  path: PlanIssue['path'],
  key: string,
  { defaults, named, elsewhere }: DefaultList,
): PlanIssue[] {
  if (defaults.includes(key)) return [];
  const hint = elsewhere?.keys.includes(key) ? elsewhere.hint : suggest(key, defaults);
  return [issue(path, `is "${key}", which is not a ${named}`, `one of ${defaults.join(', ')}`, hint)];
}
