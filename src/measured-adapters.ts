import { adapterSeconds, timed } from './lib/telemetry.ts';
import type { DeploymentDriver, DriverCommands } from './services/ports/deployment-driver.ts';
import type { MetricSource } from './services/ports/metric-source.ts';

/** The same drivers, with how long each call took on `GET /metrics`. */
export function measureDrivers(
  drivers: ReadonlyMap<string, DeploymentDriver>,
): Map<string, DeploymentDriver> {
  return new Map([...drivers].map(([name, driver]) => [name, measureDriver(name, driver)]));
}

/** The same for metric sources. */
export function measureSources(sources: ReadonlyMap<string, MetricSource>): Map<string, MetricSource> {
  return new Map([...sources].map(([name, source]) => [name, measureSource(name, source)]));
}

function measureDriver(adapter: string, driver: DeploymentDriver): DeploymentDriver {
  const measure = <Value>(call: string, work: () => Promise<Value>) =>
    timed(work, (seconds, outcome) => {
      const labels = { port: 'driver', adapter, call, outcome: 'error' in outcome ? 'failed' : 'done' };
      adapterSeconds.observe(labels, seconds);
    });
  const commands = Object.entries(driver.commands).map(([call, command]) => {
    const run = (given: never) => measure(call, () => command.run(given));
    return [call, { ...command, run }];
  });
  return {
    ...driver,
    observe: (call) => measure('observe', () => driver.observe(call)),
    commands: Object.fromEntries(commands) as Partial<DriverCommands>,
  };
}

/** A source never throws: what it could not read is no data. */
function measureSource(adapter: string, source: MetricSource): MetricSource {
  return {
    ...source,
    query: (query) =>
      timed(
        () => source.query(query),
        (seconds, result) => {
          const outcome = 'value' in result && result.value.kind === 'value' ? 'done' : 'no-data';
          adapterSeconds.observe({ port: 'metrics', adapter, call: query.metric, outcome }, seconds);
        },
      ),
  };
}
