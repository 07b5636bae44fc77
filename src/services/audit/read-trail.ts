import * as z from 'zod';
import type { Release } from '../../db/queries/load-release.ts';
import type { Ctx } from '../kernel/context.ts';
import { loadForRequest } from '../kernel/load-for-request.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';

const inputSchema = z.object({ releaseKey: z.string().nullable() });
type Input = z.infer<typeof inputSchema>;

/**
 * Whether somebody may read the trail of a release: who has a role in it. That they read it, and who was refused, is in
 * the trail, too.
 */
export function readTrail(args: { ctx: Ctx; input: Input }): Promise<Result<Release>> {
  return runVerb({ name: 'trail.read', input: inputSchema, run: read }, args);
}

async function read(scope: Scope, { releaseKey }: Input): Promise<Result<Release>> {
  const loaded = await loadForRequest(scope, releaseKey, 'trail.read');
  if (!loaded.ok) return loaded;
  scope.audit({ action: 'trail.read', releaseId: loaded.value.id });
  return done(loaded.value);
}
