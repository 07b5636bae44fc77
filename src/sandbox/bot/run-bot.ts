/**
 * The bot's process in the sandbox: the production composition, with the sandbox's clock. It can be
 * killed at any moment, as a machine can; the sandbox starts it again.
 */
import { startApp } from '../../app.ts';
import { nextDueAt } from '../../db/queries/schedule.ts';
import { createLog } from '../../log.ts';
import { type FollowedClock, followClock } from '../sandbox-clock.ts';
import type { FromBot, ToBot } from './bot-link.ts';

type App = Awaited<ReturnType<typeof startApp>>;

let app: App | null = null;
let clock: FollowedClock | null = null;

function tell(message: FromBot): void {
  process.send?.(message);
}

async function start({ config, clock: course }: ToBot & { type: 'start' }): Promise<void> {
  clock = followClock(course);
  app = await startApp({ config, clock, log: createLog(config.logLevel) });
  tell({ type: 'ready', httpUrl: app.httpUrl });
}

async function stop(): Promise<void> {
  await app?.stop();
  process.exit(0);
}

async function answerNextDue(id: number): Promise<void> {
  const at = app ? await nextDueAt(app.services.db.pool).catch(() => null) : null;
  tell({ type: 'next-due', id, at });
}

process.on('message', (message: ToBot) => {
  switch (message.type) {
    case 'start':
      start(message).catch((error: unknown) => {
        tell({ type: 'failed', message: error instanceof Error ? error.message : 'unknown error' });
        process.exit(1);
      });
      return;
    case 'clock':
      clock?.apply(message.clock);
      return;
    case 'next-due':
      void answerNextDue(message.id);
      return;
    case 'stop':
      void stop();
  }
});
// The sandbox is gone: end in order, so that the storage is free for the next one.
process.on('disconnect', () => void stop());
tell({ type: 'hello' });
