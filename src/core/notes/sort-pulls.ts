import type { Plan } from '../plan/plan.ts';

/** A pull request, as far as notes say something of it. */
export interface NotedPull {
  number: number;
  title: string;
  /** Lower case. */
  labels: readonly string[];
}

type List = keyof Plan['scope'];

/** Which part of the notes a label, or the prefix of a title (Conventional Commits), stands for; null: none. */
const lists: Readonly<Record<string, List | null>> = {
  feat: 'features',
  feature: 'features',
  enhancement: 'features',
  fix: 'fixes',
  bug: 'fixes',
  bugfix: 'fixes',
  regression: 'fixes',
  perf: 'performance',
  performance: 'performance',
  security: 'security',
  chore: null,
  ci: null,
  test: null,
  tests: null,
  build: null,
  refactor: null,
  style: null,
  docs: null,
  documentation: null,
  dependencies: null,
  internal: null,
  'skip-changelog': null,
};

const prefix = /^([a-z]+)(?:\([^)]*\))?!?:\s+/i;

/**
 * The scope of a plan with what was merged besides, each with its number. A label decides, else the prefix of the title;
 * what readers have nothing of is left out, and what has neither is listed as a feature. What the scope says already, word for word,
 * is not said twice.
 */
export function withPulls(scope: Plan['scope'], pulls: readonly NotedPull[]): Plan['scope'] {
  const added = pulls.flatMap((pull) => {
    const list = listOf(pull);
    const title = withoutPrefix(pull.title);
    if (list === null || title === '' || scope[list].includes(title)) return [];
    return [{ list, line: `${title} (#${pull.number})` }];
  });
  const of = (list: List) => [
    ...scope[list],
    ...added.filter((one) => one.list === list).map(({ line }) => line),
  ];
  return {
    features: of('features'),
    fixes: of('fixes'),
    performance: of('performance'),
    security: of('security'),
    debt: of('debt'),
  };
}

/** Only a prefix that is known is none of the title's own words. */
function withoutPrefix(title: string): string {
  const word = prefix.exec(title)?.[1]?.toLowerCase() ?? '';
  return (Object.hasOwn(lists, word) ? title.replace(prefix, '') : title).trim();
}

function listOf({ labels, title }: NotedPull): List | null {
  const words = [...labels, prefix.exec(title)?.[1]?.toLowerCase() ?? ''];
  const known = words.find((word) => Object.hasOwn(lists, word));
  return known === undefined ? 'features' : (lists[known] ?? null);
}
