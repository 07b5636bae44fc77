const levels = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/**
 * Numbers as small bars, oldest first: `▁▁▃█`. The lowest level is zero, the highest the largest number, but at
 * least `top`, so that noise far below a limit stays flat. Empty without numbers.
 */
export function sparkline(values: readonly number[], top = 0): string {
  const highest = Math.max(top, ...values);
  return values.map((value) => levelOf(highest > 0 ? value / highest : 0)).join('');
}

function levelOf(share: number): string {
  const index = Math.round(Math.max(share, 0) * (levels.length - 1));
  return levels[index] ?? '';
}
