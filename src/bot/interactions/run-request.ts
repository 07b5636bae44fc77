import { noteAbsentHolders } from '../../services/absence/note-absent-holders.ts';
import type { Ctx } from '../../services/kernel/context.ts';
import { runMarked } from './failed-read.ts';

/**
 * Runs what a person asked for. Unless it only reads, those are looked for first in whose place a backup may act. What
 * opens a form for those who may does that itself.
 */
export function runRequest<Value>(
  ctx: Ctx,
  marked: { readsOnly?: true },
  run: () => Promise<Value>,
): Promise<Value> {
  return runMarked(marked, async () => {
    if (!marked.readsOnly) await noteAbsentHolders(ctx);
    return run();
  });
}
