import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { AggregatorRegistry, type Registry } from 'prom-client';
import type { DemoState } from '../control-api.ts';
import { startAdminApi } from './admin-api.ts';
import type { AdminFault } from './admin-fault.ts';
import { type ChangeFeed, createChangeFeed } from './change-feed.ts';
import type { DemoChange } from './demo-change.ts';
import { maxLoad, openDemoSettings } from './demo-settings.ts';
import { type LoadGenerator, startLoadGenerator } from './load-generator.ts';
import { startTrafficSplitter, type TrafficSplitter } from './traffic-splitter.ts';
import { startVersionServer, type VersionServer } from './version-server.ts';

const defaultLoad = 300;

export interface DemoOptions {
  /** Where `demo.json` is kept; made when missing. */
  dataDir: string;
  stableVersion: string;
  candidateVersion: string;
  /** 0, or left out: a free port is chosen. */
  ports?: { stable?: number; candidate?: number; traffic?: number; admin?: number };
  /** Requests per second; left out: what was set last, at first 300. */
  load?: number;
}

/** Where the parts of a running demo are. */
export interface DemoAddresses {
  /** Base address of the splitter's admin API (without `/admin`). */
  adminUrl: string;
  /** Bearer token of the admin API, new at each start. */
  adminToken: string;
  /** Metrics of all versions on one page, in the Prometheus text format. */
  metricsUrl: string;
  /** Where users' traffic goes. */
  trafficUrl: string;
}

/** The demo service: two versions, the splitter before them, and people using it. */
export interface Demo extends DemoAddresses {
  state(): DemoState;
  /** Gives the state that follows. @throws RangeError for a load out of its bounds, Error when it can't be saved. */
  change(change: DemoChange): DemoState;
  /**
   * Calls back with the new state: at once after a command or a switch, and once a second while the
   * counters run. Returns the function that ends it.
   */
  onChange(listener: (state: DemoState) => void): () => void;
  /** Stops everything; the settings stay in the file. */
  close(): Promise<void>;
}

/**
 * Starts the demo on loopback, with the weight, the fault switch and the load that were set last.
 * Rejects, leaving nothing running, when a port is taken or the settings file can't be written.
 */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    // From the outside in; a second call finds nothing left to close.
    for (const closeOne of closers.splice(0).reverse()) await closeOne();
  };
  try {
    return await startParts(options, closers, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function startParts(
  options: DemoOptions,
  closers: (() => Promise<void>)[],
  close: () => Promise<void>,
): Promise<Demo> {
  const keep = <Part extends { close(): Promise<void> }>(part: Part): Part => {
    closers.push(() => part.close());
    return part;
  };
  const { stableVersion, candidateVersion, ports = {} } = options;
  const settings = openDemoSettings(join(options.dataDir, 'demo.json'), {
    stableVersion,
    candidateVersion,
    weight: 0,
    faulty: false,
    load: defaultLoad,
    operations: [],
  });
  settings.update(options.load === undefined ? {} : { load: checkLoad(options.load) });

  const stable = keep(await startVersionServer({ version: stableVersion, port: ports.stable ?? 0 }));
  const candidate = keep(await startVersionServer({ version: candidateVersion, port: ports.candidate ?? 0 }));
  candidate.setFaulty(settings.current().faulty);
  const splitter: TrafficSplitter = keep(
    await startTrafficSplitter({
      port: ports.traffic ?? 0,
      stableUrl: stable.url,
      candidateUrl: candidate.url,
      weight: () => settings.current().weight,
    }),
  );

  const state = (): DemoState => {
    const { weight, faulty, load } = settings.current();
    return { stable: describe(stable), candidate: describe(candidate), weight, faulty, load };
  };
  const changes: ChangeFeed<DemoState> = keep(createChangeFeed({ read: state, intervalMs: 1_000 }));

  let adminFault: AdminFault | null = null;
  const adminToken = randomBytes(32).toString('base64url');
  const admin = keep(
    await startAdminApi({
      port: ports.admin ?? 0,
      token: adminToken,
      settings,
      fault: () => adminFault,
      metrics: () => mergeMetrics([stable.registry, candidate.registry]),
      onCommand: changes.check,
    }),
  );
  const { load } = settings.current();
  const generator: LoadGenerator = keep(startLoadGenerator({ url: splitter.url, requestsPerSecond: load }));

  return {
    adminUrl: admin.url,
    adminToken,
    metricsUrl: `${admin.url}/metrics`,
    trafficUrl: splitter.url,
    state,
    change: ({ faulty, load, adminFault: nextFault }) => {
      if (faulty !== undefined) {
        settings.update({ faulty });
        candidate.setFaulty(faulty);
      }
      if (load !== undefined) {
        settings.update({ load: checkLoad(load) });
        generator.setRate(load);
      }
      if (nextFault !== undefined) adminFault = nextFault;
      changes.check();
      return state();
    },
    onChange: changes.subscribe,
    close,
  };
}

function describe({ version, url, counts }: VersionServer): DemoState['stable'] {
  return { version, url, ...counts() };
}

function checkLoad(requestsPerSecond: number): number {
  if (requestsPerSecond >= 0 && requestsPerSecond <= maxLoad) return requestsPerSecond;
  throw new RangeError(`The load must be 0 to ${maxLoad} requests per second.`);
}

async function mergeMetrics(registries: Registry[]): Promise<{ contentType: string; page: string }> {
  const parts = await Promise.all(registries.map((registry) => registry.getMetricsAsJSON()));
  const merged = AggregatorRegistry.aggregate(parts);
  return { contentType: merged.contentType, page: await merged.metrics() };
}
