import { and, eq, gt, inArray, isNotNull, isNull, lte } from 'drizzle-orm';
import { cards, deliveries, timers } from '../../src/db/schema/outbox.ts';
import { operations } from '../../src/db/schema/rollout.ts';
import type { TestApp } from './start-test-app.ts';

/** What the bot still has to do and what it logged: why something that a test waits for did not come. */
export async function describeWork({ app, clock, logged }: TestApp): Promise<string> {
  const { db } = app.services;
  const open = {
    timers: await db
      .select({
        kind: timers.kind,
        dueAt: timers.dueAt,
        attempts: timers.attempts,
        notBefore: timers.notBefore,
        error: timers.error,
      })
      .from(timers)
      .where(and(eq(timers.state, 'pending'), lte(timers.dueAt, new Date(clock.now())))),
    deliveries: await db
      .select({
        subject: deliveries.subject,
        destination: deliveries.destination,
        state: deliveries.state,
        attempts: deliveries.attempts,
        sendingAt: deliveries.sendingAt,
        notBefore: deliveries.notBefore,
        error: deliveries.error,
      })
      .from(deliveries)
      .where(inArray(deliveries.state, ['pending', 'sending', 'failed', 'unknown'])),
    cards: await db
      .select({
        kind: cards.kind,
        destination: cards.destination,
        revision: cards.revision,
        rendered: cards.renderedRevision,
        attempts: cards.attempts,
        error: cards.error,
      })
      .from(cards)
      .where(and(gt(cards.revision, cards.renderedRevision), isNotNull(cards.messageId))),
    operations: await db
      .select({ kind: operations.kind, state: operations.state, attempts: operations.attempts })
      .from(operations)
      .where(isNull(operations.finishedAt)),
  };
  const log = logged.slice(-20).map(({ level, message, details }) => `${level}: ${message} ${show(details)}`);
  return [`At ${new Date().toISOString()} by the machine:`, show(open), ...log].join('\n');
}

function show(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (part instanceof Error ? `${part.stack}` : part));
}
