import { handOut } from '../../services/delivery/hand-out.ts';
import { asSystem } from '../../services/kernel/context.ts';
import { PlatformUnavailableError } from '../../services/ports/directory.ts';
import type { JobServices } from '../job-services.ts';
import type { AttemptFailure } from './attempt-delivery.ts';
import type { ClaimedDelivery } from './claim-delivery.ts';

/**
 * A message for a group becomes one for each of its members, who are looked up now and not when it was written: whoever
 * has joined since gets it. Null: it has.
 */
export async function handOutDelivery(
  jobs: JobServices,
  { id: deliveryId, attempts, destination }: ClaimedDelivery,
): Promise<AttemptFailure | null> {
  const directory = jobs.directories.get(destination.channel);
  if (!directory) return { result: 'not-sent', detail: `"${destination.channel}" is not connected` };
  const members = await directory.membersOfGroup(destination.id).catch(asUnavailable);
  if (members instanceof PlatformUnavailableError) return { result: 'not-sent', detail: members.detail };
  if (members === null) return { result: 'refused', code: 'group-not-found', detail: 'the group is gone' };
  if (members.length === 0)
    return { result: 'refused', code: 'group-empty', detail: 'nobody is in the group' };
  await handOut({ ctx: asSystem(jobs, 'delivery'), input: { deliveryId, attempts, members: [...members] } });
  return null;
}

/** What was not answered is asked again; whatever else happened is not expected. */
function asUnavailable(error: unknown): PlatformUnavailableError {
  if (error instanceof PlatformUnavailableError) return error;
  throw error;
}
