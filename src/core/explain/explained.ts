/** Where a value of a plan comes from: somebody wrote it, nobody did, or it follows from other values. */
export type Origin = 'plan' | 'default' | 'derived';

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
  { isDefault, source = null }: { isDefault: boolean; source?: string | null },
): Explained {
  return isDefault
    ? { name, value, origin: 'default', source }
    : { name, value, origin: 'plan', source: null };
}
