import type { Release } from '../../db/queries/load-release.ts';
import type { Services } from '../kernel/context.ts';
import type { DeploymentDriver } from '../ports/deployment-driver.ts';
import { targetOf } from './choose-command.ts';

/** How old an observation is before the target is read again, and how long it counts. Milliseconds of the wall clock. */
const refreshedAfterMs = 15_000;
const countsForMs = 5 * 60_000;

/** What was last seen of a target, and the reading that is under way. */
interface Kept {
  seen: { stableVersion: string; at: number } | null;
  reading: Promise<void> | null;
}

/** By the driver of the target and the version that is rolled out there. It is gone with the process. */
const keptOf = new WeakMap<DeploymentDriver, Map<string, Kept>>();

/**
 * The version that a rollback would return to; null when it is the same, can't be read, or there is no driver. It changes
 * rarely, and a target may take long to answer: what was seen last counts for minutes, one reading is under way at a time,
 * and only the first is waited for.
 * @throws DriverError when the first reading fails.
 */
export async function findOldVersion(services: Services, release: Release): Promise<string | null> {
  const driver = services.driver(release.plan.rollout.driver);
  if (!driver) return null;
  const kept = keptFor(driver, release.plan.version);
  const isOlderThan = (ms: number) => !kept.seen || Math.abs(services.clock.wall() - kept.seen.at) > ms;
  if (isOlderThan(refreshedAfterMs)) kept.reading ??= read(services, release, { driver, kept });
  if (kept.reading && isOlderThan(countsForMs)) await kept.reading;
  // Nobody waits for a later one; should it fail, what was seen before counts until it is too old.
  else kept.reading?.catch(() => undefined);
  if (!kept.seen || isOlderThan(countsForMs)) return null;
  const { stableVersion } = kept.seen;
  return stableVersion === release.plan.version ? null : stableVersion;
}

function keptFor(driver: DeploymentDriver, version: string): Kept {
  const ofDriver = keptOf.get(driver) ?? new Map<string, Kept>();
  keptOf.set(driver, ofDriver);
  const kept = ofDriver.get(version) ?? { seen: null, reading: null };
  ofDriver.set(version, kept);
  return kept;
}

async function read(
  { clock }: Services,
  release: Release,
  { driver, kept }: { driver: DeploymentDriver; kept: Kept },
): Promise<void> {
  try {
    const { stableVersion } = await driver.observe({ target: targetOf(release), operation: null });
    kept.seen = { stableVersion, at: clock.wall() };
  } finally {
    kept.reading = null;
  }
}
