import { spanAt } from '../../core/freeze/freeze-window.ts';
import { redrawFrozen } from '../../services/freeze/redraw-frozen.ts';
import { asSystem } from '../../services/kernel/context.ts';
import { loadFreezes } from '../../services/kernel/refuse-frozen.ts';
import type { JobServices } from '../job-services.ts';

/**
 * Has the cards drawn again when a freeze begins or ends: nothing else happens at that instant. What held at the look
 * before is known to this process only; the first look of each draws once, and an edit that shows nothing costs none.
 */
export function createFreezesWatch(): (jobs: JobServices) => Promise<void> {
  let before = '';
  return async (jobs) => {
    if (jobs.stopping.aborted) return;
    const now = jobs.clock.now();
    const holding = (await loadFreezes(jobs.db, jobs)).filter((freeze) => spanAt(freeze, now) !== null);
    const names = holding.map(({ id, name }) => `${id} ${name}`).join('\n');
    if (names === before) return;
    const redrawn = await redrawFrozen({ ctx: asSystem(jobs, 'freeze') });
    if (redrawn.ok) before = names;
  };
}
