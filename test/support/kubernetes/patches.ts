export type Tree = { [key: string]: unknown };

/** RFC 7386, as Kubernetes applies it to what has no merge keys. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isTree(patch)) return patch;
  const merged: Tree = isTree(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = mergePatch(merged[key], value);
  }
  return merged;
}

interface Operation {
  op: string;
  path: string;
  value?: unknown;
}

/** The result of RFC 6902's `test`, `add`, `replace` and `remove`; null when a `test` fails or a path is not there. */
export function jsonPatch(target: Tree, operations: readonly Operation[]): Tree | null {
  const changed = structuredClone(target);
  for (const { op, path, value } of operations) {
    const keys = path
      .split('/')
      .slice(1)
      .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = keys.pop() ?? '';
    let at: unknown = changed;
    for (const key of keys) at = (at as Tree | undefined)?.[key];
    if (typeof at !== 'object' || at === null) return null;
    const holder = at as Tree;
    if (op === 'test') {
      if (JSON.stringify(holder[last]) !== JSON.stringify(value)) return null;
    } else if (op === 'remove') {
      if (!(last in holder)) return null;
      delete holder[last];
    } else {
      if (op === 'replace' && !(last in holder)) return null;
      holder[last] = value;
    }
  }
  return changed;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
