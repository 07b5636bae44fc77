import type { Config } from '../config/config.ts';
import { loadTrailKeys } from '../config/load-trail-keys.ts';
import { connectPlatforms } from '../connect-platforms.ts';
import { createAdapters, createServices } from '../create-services.ts';
import { createDatabaseClock } from '../db/database-clock.ts';
import { findRunningServer } from '../db/embedded-postgres/find-running-server.ts';
import { migrateDatabase } from '../db/migrate.ts';
import { type Database, openDatabase } from '../db/open-database.ts';
import { silentLog } from '../lib/log.ts';
import type { Services } from '../services/kernel/context.ts';
import { createWaitOut } from './wait-out.ts';

/**
 * The services for one command, on the database of the bot that runs, and in its time. What the command adds is found
 * by the bot's sweep within seconds: the command has no queue. A rate limit is waited out: another run would begin anew.
 * `say` is given a line about that.
 * @throws Error when no tminus runs, saying the next step; SlackTokenError
 */
export async function openServices(
  config: Config,
  { templates, say }: Pick<Services, 'templates'> & { say: (text: string) => void },
): Promise<{ services: Services; close(): Promise<void> }> {
  const log = silentLog;
  const url = config.databaseUrl ?? (await findRunningServer(config.dataDir));
  if (url === null) {
    throw new Error(
      `There is no running tminus in ${config.dataDir}. Start it with \`tminus start\`, or name its database with ` +
        'DATABASE_URL, or its data folder with TMINUS_DATA_DIR.',
    );
  }
  const trailKeys = await loadTrailKeys(config, { make: false });
  const clock = createDatabaseClock(log);
  let ready: (db: Database) => void = () => undefined;
  const opening = new Promise<Database>((resolve) => {
    ready = resolve;
  });
  const waitOut = createWaitOut({ say });
  const platforms = await connectPlatforms(config, { clock, log, db: opening, waitOut });
  // Before there is anything to close.
  const adapters = createAdapters({ config, platforms, clock });
  await migrateDatabase({ url });
  const db = await openDatabase({ url, max: 2, log });
  ready(db);
  try {
    await clock.synchronize(db);
  } catch (error) {
    await db.close();
    throw error;
  }
  const notifier = { notify: async () => undefined };
  const publicUrl = () => config.http.publicUrl ?? null;
  const services = createServices({
    ...adapters,
    config,
    db,
    trailKeys,
    clock,
    log,
    templates,
    notifier,
    publicUrl,
  });
  return { services, close: () => db.close() };
}
