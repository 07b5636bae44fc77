import type { Ctx } from '../../../services/kernel/context.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { confirmRollback } from '../confirm-rollback.ts';
import type { Command } from '../interaction.ts';
import { parseRollback } from '../words/parse-rollback.ts';

export const command: Command = {
  name: 'rollback',
  usage: '[release] [what you saw]',
  description: 'Take a rollout back to the previous version',
  help: 'send all traffic back, after one confirmation; what you saw is suggested as the reason',
  position: 30,
  readsOnly: true,
  run: async ({ ctx, words }) => confirmRollback({ ctx, ...(await readRollback(ctx, words)) }),
};

/** A word is the key only where there is such a release; else it belongs to the reason. */
async function readRollback(ctx: Ctx, typed: string): Promise<{ releaseKey: string | null; reason: string }> {
  const { candidates, otherwise } = parseRollback(typed);
  for (const candidate of candidates) {
    if ((await findRelease(ctx, candidate.releaseKey)).ok) return candidate;
  }
  return otherwise;
}
