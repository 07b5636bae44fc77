import type { Config } from '../config/config.ts';
import { BUILT_IN_TEMPLATES, loadTemplates } from '../config/load-templates.ts';
import { connectSlack } from '../connect-slack.ts';
import { createServices } from '../create-services.ts';
import { findRunningServer } from '../db/embedded-postgres/find-running-server.ts';
import { migrateDatabase } from '../db/migrate.ts';
import { openDatabase } from '../db/open-database.ts';
import { driverRegistry } from '../drivers/driver-registry.ts';
import { systemClock } from '../lib/clock.ts';
import { silentLog } from '../lib/log.ts';
import { mapValues } from '../lib/map-values.ts';
import { metricSourceRegistry } from '../metrics/metric-source-registry.ts';
import { notifierRegistry } from '../notifiers/notifier-registry.ts';
import type { Services } from '../services/kernel/context.ts';

/** There is no database to work with; the message says the next step. */
export class NoDatabaseError extends Error {
  override readonly name = 'NoDatabaseError';
}

/**
 * The services for one command, on the database of the bot that runs. What the command adds is found by the bot's
 * sweep within seconds: the command has no queue.
 * @throws NoDatabaseError, SlackTokenError
 */
export async function openServices(config: Config): Promise<{ services: Services; close(): Promise<void> }> {
  const log = silentLog;
  const url = config.databaseUrl ?? (await findRunningServer(config.dataDir));
  if (url === null) {
    throw new NoDatabaseError(
      `There is no running tminus in ${config.dataDir}. Start it with \`tminus start\`, or name its database with ` +
        'DATABASE_URL, or its data folder with TMINUS_DATA_DIR.',
    );
  }
  const { platform } = await connectSlack(config, { clock: systemClock, log });
  await migrateDatabase({ url });
  const db = await openDatabase({ url, max: 2, log });
  const services = createServices({
    config,
    db,
    clock: systemClock,
    log,
    channels: new Map([...mapValues(config.notifiers, notifierRegistry.create), ['slack', platform]]),
    directories: new Map([['slack', platform]]),
    templates: loadTemplates([BUILT_IN_TEMPLATES, ...(config.templates ? [config.templates] : [])]),
    notifier: { notify: async () => undefined },
    drivers: mapValues(config.drivers, driverRegistry.create),
    metrics: mapValues(config.metrics, metricSourceRegistry.create),
  });
  return { services, close: () => db.close() };
}
