/** What a version had served at an instant. */
export interface Sample {
  /** Milliseconds, of any clock. */
  at: number;
  requests: number;
  errors: number;
}

/** Percent of the requests between the first sample and the last that failed; null when there were none. */
export function errorPercent(samples: readonly Sample[]): number | null {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.requests <= first.requests) return null;
  return (100 * (last.errors - first.errors)) / (last.requests - first.requests);
}
