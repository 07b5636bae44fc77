import { inArray } from 'drizzle-orm';
import * as z from 'zod';
import type { Identity } from '../../core/people/identity.ts';
import { releasePeople } from '../../db/schema/release.ts';
import { askPlatform, directoryOf } from '../kernel/ask-platform.ts';
import type { Ctx, Services } from '../kernel/context.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import { runVerb } from '../kernel/verb.ts';

const inputSchema = z.object({});

/** Whether somebody may plan releases: asked before the form opens. */
export async function mayCreateRelease({ ctx }: { ctx: Ctx; input: object }): Promise<Result<null>> {
  const allowed = await askPlatform(ctx, () => checkCreation(ctx));
  const run = async () => allowed;
  return runVerb({ name: 'release.create', input: inputSchema, run }, { ctx, input: {} });
}

/** Who may create releases is configured by e-mail; the actor's platform says which address is theirs. */
export async function checkCreation(ctx: Ctx): Promise<Result<null>> {
  const { actor } = ctx;
  if (actor.kind === 'operator') return done(null);
  if (actor.kind === 'person' && (await isConfigured(ctx, actor.identity))) return done(null);
  return refuse('not-permitted', "You can't plan releases.", { who: await describeCreators(ctx) });
}

/** Whether an account may create releases, for what is only shown: when its platform can't be asked, no. */
export function isCreator(services: Services, identity: Identity): Promise<boolean> {
  return isConfigured(services, identity).catch(() => false);
}

async function isConfigured(services: Services, { platform, id }: Identity): Promise<boolean> {
  const person = await directoryOf(services, platform).findPerson(id);
  const email = person?.email?.toLowerCase();
  return email !== undefined && services.releaseCreators.some((creator) => creator.toLowerCase() === email);
}

/** By the names that earlier plans gave them, else by their addresses. */
async function describeCreators({ db, releaseCreators }: Ctx): Promise<string> {
  if (releaseCreators.length === 0) return 'nobody yet; an operator sets releaseCreators in tminus.yaml';
  const { email, name } = releasePeople;
  const known = await db
    .select({ email, name })
    .from(releasePeople)
    .where(inArray(email, [...releaseCreators]));
  const names = new Map(known.map((person) => [person.email, person.name]));
  return releaseCreators.map((address) => names.get(address) ?? address).join(', ');
}
