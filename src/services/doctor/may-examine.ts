import * as z from 'zod';
import { askPlatform } from '../kernel/ask-platform.ts';
import type { Ctx } from '../kernel/context.ts';
import type { Result } from '../kernel/result.ts';
import { runVerb } from '../kernel/verb.ts';
import { checkCreation } from '../release/may-create-release.ts';

const inputSchema = z.object({});

/** Whether somebody may see how tminus itself is doing: whoever plans releases may. A refusal is on the record. */
export async function mayExamine({ ctx }: { ctx: Ctx; input: object }): Promise<Result<null>> {
  const allowed = await askPlatform(ctx, () => checkCreation(ctx));
  const message = "You can't look into how tminus itself is doing.";
  const run = async (): Promise<Result<null>> =>
    allowed.ok || allowed.refusal.code !== 'not-permitted'
      ? allowed
      : { ok: false, refusal: { ...allowed.refusal, message } };
  return runVerb({ name: 'doctor.examine', input: inputSchema, run }, { ctx, input: {} });
}
