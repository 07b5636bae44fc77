import * as z from 'zod';
import type { Release } from '../../db/queries/load-release.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { findPoll } from '../../db/queries/polls.ts';
import type { TimerKind } from '../../db/schema/outbox.ts';
import { sendCommunication } from '../communication/send-communication.ts';
import { settlePoll } from '../go-no-go/close-poll.ts';
import type { Ctx } from '../kernel/context.ts';
import { checkSystem } from '../kernel/permissions.ts';
import { done, type Result } from '../kernel/result.ts';
import { runVerb, type Scope } from '../kernel/verb.ts';
import { closeRelease } from '../release/close-release.ts';
import { announceSoakOver } from '../rollout/announce-soak-over.ts';

const inputSchema = z.object({ timerId: z.uuid(), releaseId: z.uuid(), revision: z.number().int() });

interface ClaimedTimer {
  kind: TimerKind;
  subject_id: string;
}

/**
 * Carries out a due timer. It is claimed in the transaction that does what it is for, so it happens
 * exactly once; a timer that was moved, cancelled or done already is left alone.
 */
export function fireTimer(args: {
  ctx: Ctx;
  input: z.infer<typeof inputSchema>;
}): Promise<Result<{ fired: boolean }>> {
  return runVerb({ name: 'timer.fire', input: inputSchema, run: fire }, args);
}

async function fire(scope: Scope, input: z.infer<typeof inputSchema>): Promise<Result<{ fired: boolean }>> {
  const refusal = checkSystem(scope.ctx.actor, { releaseId: input.releaseId });
  if (refusal) return { ok: false, refusal };
  // The release first, then the timer: the order in which every act locks them.
  const release = await lockRelease(scope.tx, { id: input.releaseId });
  const { rows } = await scope.tx.$client.query<ClaimedTimer>({
    name: 'claim-timer',
    text: `update timers set state = 'done' where id = $1 and revision = $2 and state = 'pending' and due_at <= $3
      returning kind, subject_id`,
    values: [input.timerId, input.revision, new Date(scope.now)],
  });
  const timer = rows[0];
  if (!timer || !release) return done({ fired: false });
  await carryOut(scope, release, timer);
  return done({ fired: true });
}

async function carryOut(scope: Scope, release: Release, timer: ClaimedTimer): Promise<void> {
  switch (timer.kind) {
    case 'communication':
      return sendCommunication(scope, release, timer.subject_id);
    case 'poll-close': {
      const poll = await findPoll(scope.tx, timer.subject_id);
      if (poll?.state === 'open') await settlePoll(scope, { release, poll });
      return;
    }
    case 'soak-over':
      return announceSoakOver(scope, release, timer.subject_id);
    case 'close-release':
      return closeRelease(scope, release);
  }
}
