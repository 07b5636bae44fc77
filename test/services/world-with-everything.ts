import { goLive, openWorld, personIdOf, type World } from '../support/test-services.ts';
import { askForChange } from './changes/late-change.ts';
import { accepted, approvedRelease, openDecision, playUntil, promote } from './steps.ts';

/** A world in which whatever can be asked for has its object. */
export interface FullWorld {
  world: World;
  releaseId: string;
  pollId: string;
  operationId: string;
  /** A delivery that is being sent. */
  deliveryId: string;
  /** A live card of the release. */
  cardId: string;
  /** What the release manager is asked about an overdue message. */
  questionId: string;
  /** A message that customers read, which waits for its approval. */
  draft: { draftId: string; revision: number };
  /** A task that is open. */
  taskId: string;
  /** A late change that waits for a decision. */
  requestId: string;
  /** Something that waits for a second person. */
  secondId: string;
}

/** A release with an open poll, a due timer, a delivery in the making, and an operation that has not ended. */
export async function openFullWorld(): Promise<FullWorld> {
  const world = await openWorld();
  const change = { ...world.plan.communications.change, 'release-closing': { customerFacing: true } };
  world.plan.communications = { ...world.plan.communications, change };
  const releaseId = await approvedRelease(world);
  const pollId = await openDecision(world);
  // An open decision would hold the promotion back; an open readiness check does not.
  await world.query(`update polls set closes_at = '2030-07-01', kind = 'readiness'`);
  await world.query(`update timers set due_at = '2030-07-01' where kind = 'poll-close'`);
  await playUntil(world, goLive);
  const [delivery] = await world.query<{ id: string }>(
    `update deliveries set state = 'sending', attempts = 1, failing_since = now(), error = 'no answer'
      where seq = (select min(seq) from deliveries) returning id`,
  );
  const [card] = await world.query<{ id: string }>('select id from cards where release_id = $1', [releaseId]);
  const questionId = world.services.newId();
  await world.query(
    `update communications set state = 'overdue', note = 'So.', question_id = $1
      where id = (select id from communications where state = 'planned' and due_at is not null order by position limit 1)`,
    [questionId],
  );
  const [draft] = await world.query<{ id: string; revision: number }>('select id, revision from drafts');
  const [task] = await world.query<{ id: string }>(
    `select id from tasks where key = 'milestone-qa-sign-off'`,
  );
  const { requestId } = await askForChange(world);
  const { operationId } = accepted(await promote(world));
  const secondId = world.services.newId();
  await world.query(
    `insert into requests (id, release_id, act, input, words, person_id, person_name, platform, platform_id, state,
      requested_at, expires_at) values ($1, $2, 'rollout.promote', '{"toPercent": 10}', 'promote to 10 %', $3, 'Dana Fischer',
      'slack', 'U0DANA', 'open', now(), '2030-07-01')`,
    [secondId, releaseId, personIdOf('dana')],
  );
  world.clock.moveTo('2030-06-19T23:00:00Z');
  return {
    world,
    releaseId,
    pollId,
    operationId: operationId ?? '',
    deliveryId: delivery?.id ?? '',
    cardId: card?.id ?? '',
    questionId,
    draft: { draftId: draft?.id ?? '', revision: draft?.revision ?? 0 },
    taskId: task?.id ?? '',
    requestId,
    secondId,
  };
}
