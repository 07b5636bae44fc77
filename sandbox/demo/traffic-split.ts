export type TrafficTarget = 'stable' | 'candidate';

/**
 * Decides for one request after the other where it goes. The candidate gets its turns evenly spread, so
 * any run of requests is within one request of the exact share: at 1 %, one of every hundred.
 */
export function createTrafficSplit(): (weight: number) => TrafficTarget {
  let credit = 0;
  return (weight) => {
    credit += weight;
    if (credit < 100) return 'stable';
    credit -= 100;
    return 'candidate';
  };
}
