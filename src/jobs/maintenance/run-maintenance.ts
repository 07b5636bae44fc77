import type { JobServices } from '../job-services.ts';
import type { WorkQueue } from '../queue/work-queue.ts';
import { forgetEnqueued, planTimers } from '../timers/plan-timers.ts';
import { pruneDrafts } from './prune-drafts.ts';
import { pruneForms } from './prune-forms.ts';
import { pruneInbox } from './prune-inbox.ts';
import { pruneNotedMessages } from './prune-noted-messages.ts';
import { pruneReleases } from './prune-releases.ts';
import { pruneSubscribers } from './prune-subscribers.ts';
import { pruneTaskMessages } from './prune-task-messages.ts';
import { redactPeople } from './redact-people.ts';

/** What is done every few seconds so that the queue knows what is due soon, and the tables stay small. */
export async function runMaintenance(
  queue: Pick<WorkQueue, 'sentinelLost'>,
  jobs: JobServices,
): Promise<void> {
  if (await queue.sentinelLost()) await forgetEnqueued(jobs);
  await planTimers(jobs);
  await pruneInbox(jobs);
  await pruneDrafts(jobs);
  await pruneForms(jobs);
  await pruneNotedMessages(jobs);
  await pruneSubscribers(jobs);
  await pruneTaskMessages(jobs);
  await pruneReleases(jobs);
  await redactPeople(jobs);
}
