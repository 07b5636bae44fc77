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

export interface Jump {
  requests: number;
  /** Within so many milliseconds. */
  withinMs: number;
}

/**
 * The first increase after `since` that is out of all proportion. Two increases before it have to be about as fast
 * before one is believed: a single one may have been a jump itself. Scrapes that are nearer to each other than
 * `intervalMs` count as that far apart, since the pace of a moment says little.
 */
export function findJump(input: {
  /** All that is kept, in the order of time. */
  counted: readonly CountedRequests[];
  since: number;
  intervalMs: number;
  rule: JumpRule;
}): Jump | undefined {
  const { counted, since, intervalMs, rule } = input;
  let fastest = 0;
  let second = 0;
  for (const [index, { at, requests }] of counted.entries()) {
    const before = counted[index - 1];
    if (before === undefined) continue;
    const increase = requests - before.requests;
    const pace = increase / Math.max(at - before.at, intervalMs);
    if (at > since && increase > rule.requests && pace > rule.times * second) {
      return { requests: increase, withinMs: at - before.at };
    }
    second = Math.max(second, Math.min(fastest, pace));
    fastest = Math.max(fastest, pace);
  }
  return undefined;
}
