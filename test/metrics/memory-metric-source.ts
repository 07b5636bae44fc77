import type { MetricName } from '../../src/core/metrics/metric-registry.ts';
import type { MetricSource } from '../../src/services/ports/metric-source.ts';

interface Served {
  at: number;
  version: string;
  count: number;
  failed: number;
  durationMs: number;
}

export interface MemoryMetricSource extends MetricSource {
  /** Records requests that are answered now. */
  serve(requests: Omit<Served, 'at'>): void;
  /** Whether it answers questions. */
  isReachable: boolean;
}

/** A metric source over requests in memory, in the time of `now` (epoch ms); passes the contract of the real ones. */
export function createMemoryMetricSource(now: () => number): MemoryMetricSource {
  const served: Served[] = [];
  const compute: Record<MetricName, (requests: readonly Served[], total: number) => number> = {
    'error-rate': (requests, total) => sum(requests, ({ failed }) => failed) / total,
    'latency-p95': (requests) => Math.max(...requests.map(({ durationMs }) => durationMs)),
  };
  const source: MemoryMetricSource = {
    isReachable: true,
    serve: (requests) => void served.push({ at: now(), ...requests }),
    query: async ({ metric, windowMs, target }) => {
      const noData = (reason: string) => ({ kind: 'no-data' as const, reason, source: 'memory' });
      if (!source.isReachable) return noData('no answer');
      const requests = served.filter(
        ({ at, version }) => version === target.version && at > now() - windowMs && at <= now(),
      );
      const total = sum(requests, ({ count }) => count);
      if (total === 0) return noData('no requests');
      return {
        kind: 'value',
        value: compute[metric](requests, total),
        requests: total,
        at: now(),
        source: 'memory',
      };
    },
  };
  return source;
}

function sum(requests: readonly Served[], of: (one: Served) => number): number {
  return requests.reduce((total, one) => total + of(one), 0);
}
