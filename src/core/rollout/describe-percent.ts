/**
 * A percentage in at most two decimals, such as `10` or `1.17`: targets that count in integers have crooked
 * ones. Never rounded to no traffic or to all of it.
 */
export function describePercent(percent: number): string {
  const rounded = Number(percent.toFixed(2));
  if (rounded === 0 && percent > 0) return '0.01';
  return rounded === 100 && percent < 100 ? '99.99' : String(rounded);
}
