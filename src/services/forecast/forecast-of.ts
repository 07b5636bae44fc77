import type { PastRelease } from '../../core/forecast/fit-history.ts';
import { type Forecast, forecastGoLive, LEAST_RELEASES } from '../../core/forecast/forecast.ts';
import { plannedGoLives } from '../../core/forecast/go-live-dates.ts';
import { lateItems, type ReleaseWork } from '../../core/forecast/late-items.ts';
import { isRoleName, roleTitle } from '../../core/plan/roles.ts';
import { deriveGates } from '../../core/readiness/gates/derive-gates.ts';
import { deriveTasks } from '../../core/tasks/derive-tasks.ts';
import { loadTrailEvents } from '../../db/queries/audit-events.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { type EndedRelease, findEnded, loadWork } from '../../db/queries/release-work.ts';
import type { Queries } from '../../db/transaction.ts';

/** Older ones say little of how a team works now. */
const mostReleases = 50;

/** A forecast, with the item that costs most as people call it. */
export interface ReleaseForecast extends Forecast {
  product: string;
  costliestTitle: string | null;
}

/**
 * Whether go-live of a release will hold, by what was late at the same time before go-live in earlier releases of its
 * product. Null: there are too few of them, or it is live, or its time has come. `now`: epoch ms.
 */
export async function forecastOf(
  db: Queries,
  release: Release,
  now: number,
): Promise<ReleaseForecast | null> {
  const { id, plan, goLiveAt, state } = release;
  if ((state !== 'in_planning' && state !== 'approved') || goLiveAt <= now) return null;
  const ended = await findEnded(db, { product: plan.product, not: id, limit: mostReleases });
  if (ended.length < LEAST_RELEASES) return null;
  const earlier = ended.map((one) => ({ ...one, goLiveAt: one.goLiveAt.getTime() }));
  const works = await loadWork(db, [...earlier, { id, plan, goLiveAt }]);
  const own = works.get(id);
  if (!own) return null;
  const history = await Promise.all(
    ended.map((one) => observe(db, one, { work: works.get(one.id), left: goLiveAt - now })),
  );
  const late = lateItems(own, { at: now, goLiveAt });
  const forecast = forecastGoLive(
    history.flatMap((one) => one ?? []),
    late,
  );
  if (!forecast) return null;
  const { costliest } = forecast;
  return {
    ...forecast,
    product: plan.product,
    costliestTitle: costliest && titleOf(release, costliest.item),
  };
}

/** What was late in an earlier release as much time before its T-0; null: at that time it had none, or another. */
async function observe(
  db: Queries,
  { id, plan }: EndedRelease,
  { work, left }: { work: ReleaseWork | undefined; left: number },
): Promise<PastRelease | null> {
  const events = await loadTrailEvents(db, id, { about: ['release.'] });
  const dates = plannedGoLives(events, plan.goLive.zone);
  const date = dates.find(
    ({ goLiveAt, since, until }) => goLiveAt - left >= since && goLiveAt - left < until,
  );
  if (!work || !date) return null;
  const { goLiveAt, held } = date;
  return { held, late: lateItems(work, { at: goLiveAt - left, goLiveAt }) };
}

function titleOf({ plan }: Release, item: string): string {
  const [kind, key = ''] = item.split(':');
  if (kind === 'task') return deriveTasks(plan).find((task) => task.key === key)?.title ?? key;
  if (kind === 'gate') return deriveGates(plan).find((gate) => gate.key === key)?.title ?? key;
  return `the go of the ${isRoleName(key) ? roleTitle(key) : key}`;
}
