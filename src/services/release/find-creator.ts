import { askPlatform } from '../kernel/ask-platform.ts';
import type { Ctx } from '../kernel/context.ts';
import { done } from '../kernel/result.ts';
import { checkCreation } from './may-create-release.ts';

/** Whether the actor may plan releases, and so change those there are. When the platform can't be asked: no. */
export async function isReleaseCreator(ctx: Ctx): Promise<boolean> {
  const allowed = await askPlatform(ctx, async () => done((await checkCreation(ctx)).ok));
  return allowed.ok && allowed.value;
}
