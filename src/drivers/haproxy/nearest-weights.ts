/** HAProxy's largest weight of a server. */
const maxWeight = 256;

/** The weight of each server of a side. */
export interface SideWeights {
  stable: number;
  candidate: number;
}

/** How many servers each side has. */
export type SideCounts = Readonly<SideWeights>;

/** The share that the candidate has by these weights, percent; null when every weight is 0. */
export function shareOf({ stable, candidate }: SideWeights, counts: SideCounts): number | null {
  const total = stable * counts.stable + candidate * counts.candidate;
  return total === 0 ? null : (100 * candidate * counts.candidate) / total;
}

/** The whole weights that come nearest to a share of `percent`, 0 to 100. No traffic and all of it are exact. */
export function nearestWeights(percent: number, counts: SideCounts): SideWeights {
  if (percent <= 0) return { stable: 100, candidate: 0 };
  if (percent >= 100) return { stable: 0, candidate: 100 };
  const off = (weights: SideWeights) => Math.abs((shareOf(weights, counts) ?? 0) - percent);
  let nearest: SideWeights = { stable: maxWeight, candidate: 1 };
  for (let stable = maxWeight; stable >= 1; stable--) {
    const wanted = (percent * counts.stable * stable) / ((100 - percent) * counts.candidate);
    const candidate = Math.min(maxWeight, Math.max(1, Math.round(wanted)));
    if (off({ stable, candidate }) < off(nearest)) nearest = { stable, candidate };
  }
  return nearest;
}
