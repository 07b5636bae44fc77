import { command } from '../../core/card/card.ts';
import { type Line, line } from '../../core/card/line.ts';
import type { Ctx } from '../../services/kernel/context.ts';
import { exampleKey } from './example-key.ts';

/** How a promotion is typed, with a release that this person has a role in, or else a placeholder. */
export async function promoteExamples(ctx: Ctx): Promise<Line> {
  const key = await exampleKey(ctx);
  const promote = (args: string) => command('promote', args);
  return line`For example: ${promote(key)}, ${promote(`${key} to 10%`)} or ${promote(`${key} full`)}.`;
}
