import { startPrometheus } from '../support/start-prometheus.ts';
import { createMemoryMetricSource } from './memory-metric-source.ts';
import { describeMetricSourceContract } from './metric-source-contract.ts';
import { writeMetricsPage } from './metrics-page.ts';
import { openSource } from './open-source.ts';
import { RecordedRequests } from './prometheus/recorded-requests.ts';

describeMetricSourceContract('The source in memory', async () => {
  const time = { now: 1_000_000 };
  const source = createMemoryMetricSource(() => time.now);
  return {
    source,
    now: () => time.now,
    pass: async (ms) => {
      time.now += ms;
    },
    serve: ({ count, failed }) => source.serve({ version: '2', count, failed, durationMs: 80 }),
    cutOff: () => {
      source.isReachable = false;
    },
    close: async () => undefined,
  };
});

describeMetricSourceContract('The page in the Prometheus text format', async () => {
  const time = { now: 1_000_000 };
  const counters = { ok: 0, failed: 0 };
  let isReachable = true;
  const page = () => {
    const all = counters.ok + counters.failed;
    const codes = { 200: counters.ok, 500: counters.failed };
    return writeMetricsPage({ version: '2', codes, buckets: { '0.05': 0, '0.1': all, '+Inf': all } });
  };
  const source = openSource({
    clock: { wall: () => time.now },
    fetchMetricsText: async () => {
      if (!isReachable) throw new Error('unreachable (ECONNREFUSED)');
      return page();
    },
  });
  /** As its timer would: once a second. */
  const scrape = () => source.query({ metric: 'error-rate', windowMs: 1_000, target: { version: '2' } });
  return {
    source,
    now: () => time.now,
    pass: async (ms) => {
      await scrape();
      for (let passed = 0; passed < ms; passed += 1_001) {
        time.now += 1_001;
        await scrape();
      }
    },
    serve: ({ count, failed }) => {
      counters.ok += count - failed;
      counters.failed += failed;
    },
    cutOff: () => {
      isReachable = false;
    },
    close: () => source.stop(),
  };
});

describeMetricSourceContract('The Prometheus server', async () => {
  const prometheus = await startPrometheus();
  const requests = new RecordedRequests(prometheus);
  let stopped: Promise<void> | undefined;
  return {
    source: requests.source(),
    now: () => requests.now,
    pass: async (ms) => {
      await stopped;
      if (stopped === undefined) await requests.pass(ms);
    },
    serve: (served) => requests.serve(served),
    cutOff: () => {
      stopped = prometheus.stop();
    },
    close: () => stopped ?? prometheus.stop(),
  };
});
