import type pg from 'pg';
import type { Log } from '../lib/log.ts';

/**
 * A connection that breaks without anyone listening ends the process: one that lies idle tells the pool,
 * one that is in use tells only itself. The query under way is rejected besides, and the pool replaces it.
 */
export function surviveBrokenConnections(pool: pg.Pool, log: Log): void {
  pool.on('error', (error) => log.warn({ error }, 'An idle database connection broke'));
  pool.on('connect', (client) => {
    client.on('error', (error) => log.warn({ error }, 'A database connection broke'));
  });
}
