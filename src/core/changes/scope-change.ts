import type { Plan } from '../plan/plan.ts';

/** The lists of a plan's scope, and what one entry of each is called. */
export const scopeEntryNames = {
  features: 'feature',
  fixes: 'fix',
  performance: 'performance improvement',
  security: 'security fix',
  debt: 'piece of technical debt',
} as const satisfies Record<keyof Plan['scope'], string>;
export type ScopeList = keyof typeof scopeEntryNames;
export const scopeLists = Object.keys(scopeEntryNames) as [ScopeList, ...ScopeList[]];

export const scopeChangeKinds = ['add', 'take-out'] as const;

/** One entry that comes into the scope of a release, or goes out of it. */
export interface ScopeChange {
  kind: (typeof scopeChangeKinds)[number];
  list: ScopeList;
  /** A line of the scope, as it stands or is to stand there. */
  entry: string;
}

/** The plan with the change; null when it has been made already, or the entry to be taken out is not there. */
export function applyScopeChange(plan: Plan, { kind, list, entry }: ScopeChange): Plan | null {
  const before = plan.scope[list];
  const has = before.includes(entry);
  if (has === (kind === 'add')) return null;
  const after = kind === 'add' ? [...before, entry] : before.filter((one) => one !== entry);
  return { ...plan, scope: { ...plan.scope, [list]: after } };
}

/** `Add the fix “The cart keeps its items”`. */
export function describeScopeChange({ kind, list, entry }: ScopeChange): string {
  return `${kind === 'add' ? 'Add' : 'Take out'} the ${scopeEntryNames[list]} “${entry}”`;
}

/** The same, as it continues "asks to": `add the fix “The cart keeps its items” after code freeze`. */
export function scopeChangeWords(change: ScopeChange): string {
  const said = describeScopeChange(change);
  return `${said.charAt(0).toLowerCase()}${said.slice(1)} after code freeze`;
}
