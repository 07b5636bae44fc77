/** Where a value of a plan comes from: somebody wrote it, the product's file says so, nobody did, or it follows from other values. */
export type Origin = 'plan' | 'product' | 'default' | 'derived';

export interface Explained {
  name: string;
  /** For people. */
  value: string;
  origin: Origin;
  /** What a default or a derived value goes back to, such as `S1 §2.2`; null where it is ours. */
  source: string | null;
}

export interface ExplainedPart {
  title: string;
  entries: Explained[];
}

/** A value that the plan has to give. */
export function given(name: string, value: string): Explained {
  return { name, value, origin: 'plan', source: null };
}

/** A value that follows from others. */
export function derived(name: string, value: string, source: string): Explained {
  return { name, value, origin: 'derived', source };
}

/** A value that may be the plan's own; the source is that of the default. */
export function either(
  name: string,
  value: string,
  {
    isDefault,
    isProduct = false,
    source = null,
  }: { isDefault: boolean; isProduct?: boolean; source?: string | null },
): Explained {
  if (isProduct) return { name, value, origin: 'product', source: null };
  return isDefault
    ? { name, value, origin: 'default', source }
    : { name, value, origin: 'plan', source: null };
}
