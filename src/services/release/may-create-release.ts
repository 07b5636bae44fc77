import * as z from 'zod';
import { askPlatform } from '../kernel/ask-platform.ts';
import type { Ctx } from '../kernel/context.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import { runVerb } from '../kernel/verb.ts';

const inputSchema = z.object({});

/** Whether somebody may plan releases: asked before the form opens. */
export async function mayCreateRelease({ ctx }: { ctx: Ctx; input: object }): Promise<Result<null>> {
  const allowed = await askPlatform(ctx, () => checkCreation(ctx));
  const run = async () => allowed;
  return runVerb({ name: 'release.create', input: inputSchema, run }, { ctx, input: {} });
}

/** Who may create releases is configured by e-mail; the platform says whose e-mail it is. */
export async function checkCreation({ actor, platform, releaseCreators }: Ctx): Promise<Result<null>> {
  if (actor.kind === 'operator') return done(null);
  const people = await Promise.all(releaseCreators.map((email) => platform.findPersonByEmail(email)));
  if (actor.kind === 'slack' && people.some((person) => person?.id === actor.userId)) return done(null);
  const who = people.flatMap((person) => (person ? [person.name] : [])).join(', ');
  return refuse('not-permitted', "You can't plan releases.", {
    who: who || 'nobody yet; an operator sets releaseCreators in tminus.yaml',
  });
}
