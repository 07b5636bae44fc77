/** When an increase is out of all proportion, so that it may be the count of another instance. */
export interface JumpRule {
  /** It is more than so many times as fast as the second fastest before it. */
  times: number;
  /** It is of more than so many requests. */
  requests: number;
}

/** What was counted of a version up to a scrape at `at`, epoch ms. */
export interface CountedRequests {
  at: number;
  requests: number;
}

/** The scrape that showed an increase, and the one before it. */
export interface Jump<Counted extends CountedRequests> {
  before: Counted;
  after: Counted;
}

/**
 * The increases after `since` that are out of all proportion. Two increases before it have to be about as fast
 * before one is believed: a single one may have been a jump itself. Scrapes that are nearer to each other than
 * `intervalMs` count as that far apart, since the pace of a moment says little.
 */
export function findJumps<Counted extends CountedRequests>(input: {
  /** All that is kept, in the order of time. */
  counted: readonly Counted[];
  since: number;
  intervalMs: number;
  rule: JumpRule;
}): Jump<Counted>[] {
  const { counted, since, intervalMs, rule } = input;
  const jumps: Jump<Counted>[] = [];
  let fastest = 0;
  let second = 0;
  for (const [index, after] of counted.entries()) {
    const before = counted[index - 1];
    if (before === undefined) continue;
    const increase = after.requests - before.requests;
    const pace = increase / Math.max(after.at - before.at, intervalMs);
    const isTooFast = increase > rule.requests && pace > rule.times * second;
    if (after.at > since && isTooFast) jumps.push({ before, after });
    second = Math.max(second, Math.min(fastest, pace));
    fastest = Math.max(fastest, pace);
  }
  return jumps;
}
