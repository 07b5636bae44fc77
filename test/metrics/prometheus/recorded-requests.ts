import { createPrometheusSource } from '../../../src/metrics/prometheus/prometheus-source.ts';
import {
  type PrometheusSettings,
  PrometheusSettings as Settings,
} from '../../../src/metrics/prometheus/schema.ts';
import type { WrittenSeries } from '../../support/remote-write.ts';
import type { TestPrometheus } from '../../support/start-prometheus.ts';

/** A service whose histogram a Prometheus scrapes once a second, in the time of a test. */
export class RecordedRequests {
  now: number;
  readonly #prometheus: TestPrometheus;
  readonly #labels: Record<string, string>;
  #ok = 0;
  #failed = 0;
  /** Of all, those that took longer than the largest bucket. */
  #slow = 0;

  constructor(prometheus: TestPrometheus, { version = '2', instance = 'one', now = 1_800_000_000_000 } = {}) {
    this.#prometheus = prometheus;
    this.#labels = { version, instance };
    this.now = now;
  }

  source(change: Partial<PrometheusSettings> = {}) {
    const settings = Settings.parse({ url: this.#prometheus.url, ...change });
    return createPrometheusSource({ settings, clock: { wall: () => this.now } });
  }

  serve({ count, failed, slow = 0 }: { count: number; failed: number; slow?: number }): void {
    this.#ok += count - failed;
    this.#failed += failed;
    this.#slow += slow;
  }

  /** Its counters begin anew. */
  restart(): void {
    this.#ok = 0;
    this.#failed = 0;
    this.#slow = 0;
  }

  /** Lets time pass, with a scrape at the end of each second. */
  async pass(ms: number): Promise<void> {
    const instants: number[] = [];
    const end = this.now + ms;
    while (this.now < end) {
      this.now = Math.min(end, this.now + 1_000);
      instants.push(this.now);
    }
    await this.#prometheus.write(this.#series(instants));
  }

  #series(instants: readonly number[]): WrittenSeries[] {
    const all = this.#ok + this.#failed;
    const series = (name: string, labels: Record<string, string>, value: number): WrittenSeries => ({
      labels: { __name__: `http_request_duration_seconds_${name}`, ...this.#labels, ...labels },
      samples: instants.map((at) => ({ at, value })),
    });
    const fast = all - this.#slow;
    return [
      series('count', { code: '200' }, this.#ok),
      // As a client library has it: there is no series before the first failure.
      ...(this.#failed > 0 ? [series('count', { code: '500' }, this.#failed)] : []),
      series('bucket', { le: '0.05' }, 0),
      series('bucket', { le: '0.1' }, fast),
      series('bucket', { le: '+Inf' }, all),
    ];
  }
}
