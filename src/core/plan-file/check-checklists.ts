import { suggest } from '../../lib/closest.ts';
import { checklistChanges } from '../plan/checklists-schema.ts';
import type { Plan } from '../plan/plan.ts';
import { DEFAULT_CHECKLISTS } from '../readiness/checklists/default-checklists.ts';
import { issue, type PlanIssue } from './plan-issue.ts';

type Parts = { [Field in 'checklists' | 'roles']?: Plan[Field] | undefined };
type Changes = ReturnType<typeof checklistChanges>;

const defaultLists = DEFAULT_CHECKLISTS.map(({ key }) => key);
const defaultItems = DEFAULT_CHECKLISTS.flatMap(({ key, items }) =>
  items.map((item) => `${key}/${item.key}`),
);

/** What is wrong with the checklists of a plan: keys that are not there or taken, owners without a person. */
export function checkChecklists({ checklists, roles }: Parts): PlanIssue[] {
  if (checklists === undefined) return [];
  const changes = checklistChanges({ checklists });
  return [...checkNamed(changes), ...checkNew(changes), ...checkOwners(changes, roles)];
}

/** What is included, changed or dropped has to be one of the defaults. */
function checkNamed({ include, change, drop }: Changes): PlanIssue[] {
  const known = (path: PlanIssue['path'], key: string, keys: readonly string[], named: string) =>
    keys.includes(key)
      ? []
      : [issue(path, `is "${key}", which is not ${named}`, expected(keys), suggest(key, keys))];
  return [
    ...include.flatMap((key, index) =>
      known(['checklists', 'include', index], key, defaultLists, 'a default checklist'),
    ),
    ...Object.keys(change).flatMap((key) => {
      const found = known(['checklists', 'change', key], key, defaultItems, 'an item of a default checklist');
      return found.map((each) => ({ ...each, at: 'key' as const }));
    }),
    ...drop.flatMap((key, index) => {
      const path = ['checklists', 'drop', index];
      return key.includes('/')
        ? known(path, key, defaultItems, 'an item of a default checklist')
        : known(path, key, defaultLists, 'a default checklist');
    }),
  ];
}

/** All items would be a page; their list is in the documents. */
function expected(keys: readonly string[]): string {
  return keys === defaultLists ? `one of ${keys.join(', ')}` : 'an item such as technical-validation/cdn';
}

/** What is added has a key of its own and a list that there is. */
function checkNew({ lists, add }: Changes): PlanIssue[] {
  const ownLists = lists.map(({ key }) => key);
  const listIssues = lists.flatMap(({ key }, index) => {
    const isTaken = defaultLists.includes(key) || ownLists.indexOf(key) !== index;
    const path = ['checklists', 'lists', index, 'key'];
    return isTaken ? [issue(path, `is "${key}", which is taken`, 'a key that no other checklist has')] : [];
  });
  const paths = add.map(({ checklist, key }) => `${checklist}/${key}`);
  const itemIssues = add.flatMap(({ checklist, key }, index) => {
    const at = ['checklists', 'add', index];
    const all = [...defaultLists, ...ownLists];
    if (!all.includes(checklist)) {
      const message = `is "${checklist}", which is not a checklist`;
      return [issue([...at, 'checklist'], message, `one of ${all.join(', ')}`, suggest(checklist, all))];
    }
    const path = `${checklist}/${key}`;
    const isTaken = defaultItems.includes(path) || paths.indexOf(path) !== index;
    const wanted = 'a key that no other item of the checklist has';
    return isTaken ? [issue([...at, 'key'], `is "${key}", which is taken`, wanted)] : [];
  });
  return [...listIssues, ...itemIssues];
}

function checkOwners({ change, add }: Changes, roles: Parts['roles']): PlanIssue[] {
  const owners = [
    ...Object.entries(change).map(([key, { owner }]) => ({ owner, path: ['checklists', 'change', key] })),
    ...add.map(({ owner }, index) => ({ owner, path: ['checklists', 'add', index] })),
  ];
  return owners.flatMap(({ owner, path }) => {
    if (owner === undefined || roles === undefined || roles[owner] !== undefined) return [];
    const message = `is ${owner}, for whom the plan has no person`;
    return [issue([...path, 'owner'], message, `roles.${owner} to be given`)];
  });
}
