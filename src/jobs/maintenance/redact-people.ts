import { findForgettable } from '../../db/queries/forgettable-people.ts';
import { redactPerson } from '../../services/audit/redact/redact-person.ts';
import { asSystem } from '../../services/kernel/context.ts';
import type { JobServices } from '../job-services.ts';

/** Removing one person goes over all rows; the next look is seconds away. */
const peopleAtATime = 1;

/**
 * Removes the personal data of people all of whose accounts were deactivated longer ago than they are kept, and who
 * have no role in a release under way. Returns how many.
 */
export async function redactPeople(jobs: JobServices): Promise<number> {
  const { peopleMs } = jobs.settings.retention;
  if (peopleMs === null) return 0;
  const goneBefore = new Date(jobs.clock.now() - peopleMs);
  const due = await findForgettable(jobs.db, { goneBefore, limit: peopleAtATime });
  const input = { reason: 'Their accounts were deactivated longer ago than the retention keeps them.' };
  for (const personId of due)
    await redactPerson({ ctx: asSystem(jobs, 'retention'), input: { personId, ...input } });
  return due.length;
}
