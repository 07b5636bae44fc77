import type { RunningWorkspace } from './workspace/start-workspace.ts';

/** How often the bot is asked, real milliseconds. */
const everyMs = 1_000;

/** Publishes the clock whenever the bot's next due item became another one. Answers what ends it. */
export function reportNextDue(workspace: Pick<RunningWorkspace, 'clockState' | 'publish'>): () => void {
  let told: number | null | undefined;
  const timer = setInterval(async () => {
    const clock = await workspace.clockState();
    if (clock.nextDueMs === told) return;
    told = clock.nextDueMs;
    workspace.publish({ type: 'clock', clock });
  }, everyMs);
  return () => clearInterval(timer);
}
