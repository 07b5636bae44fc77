import { desc, eq } from 'drizzle-orm';
import type { Finding } from '../../core/doctor/finding.ts';
import { releases } from '../../db/schema/release.ts';
import { operations } from '../../db/schema/rollout.ts';
import { errorMessage } from '../../lib/error-message.ts';
import type { Examined } from './examined.ts';

type Parts = Pick<Examined, 'db' | 'adapters' | 'driver'>;

/** Whether each deployment target answers. It is only read. */
export function checkDrivers(parts: Parts): Promise<Finding[]> {
  return Promise.all(parts.adapters.drivers.map((name) => checkDriver(parts, name)));
}

async function checkDriver({ db, driver }: Parts, name: string): Promise<Finding> {
  const part = `Target ${name}`;
  const version = await lastVersionOn(db, name);
  try {
    const target = { name, version: version ?? 'none' };
    const state = await driver(name)?.observe({ target, operation: null });
    if (!state) return { part, state: 'unwell', says: 'It is not configured any more.' };
    return { part, state: 'well', says: `It answers; its stable version is ${state.stableVersion}.` };
  } catch (error) {
    const told = errorMessage(error);
    // A target that is asked by version may know none of the name that was made up.
    if (version === null)
      return { part, state: 'unsure', says: `${told} Nothing has been released there yet by tminus.` };
    return { part, state: 'unwell', says: `${told} No promotion or rollback would work there now.` };
  }
}

/** The version of the last release that was promoted or rolled back there. */
async function lastVersionOn(db: Parts['db'], target: string): Promise<string | null> {
  const [row] = await db
    .select({ plan: releases.plan })
    .from(operations)
    .innerJoin(releases, eq(releases.id, operations.releaseId))
    .where(eq(operations.target, target))
    .orderBy(desc(operations.seq))
    .limit(1);
  return row?.plan.version ?? null;
}
