import { inArray } from 'drizzle-orm';
import * as z from 'zod';
import { connectHint } from '../../core/messages/account-message.ts';
import { type Identity, isSameIdentity } from '../../core/people/identity.ts';
import { releasePeople } from '../../db/schema/release.ts';
import { askPlatform, directoryOf } from '../kernel/ask-platform.ts';
import type { Ctx, Services } from '../kernel/context.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import { runVerb } from '../kernel/verb.ts';
import { findOwner } from '../people/find-owner.ts';

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
  const right = actor.kind === 'person' ? await findRight(ctx, actor.identity) : { has: false };
  if (right.has) return done(null);
  const hint = right.by && connectHint([right.by]);
  const who = await describeCreators(ctx);
  return refuse('not-permitted', "You can't plan releases.", { who, ...(hint && { hint }) });
}

/** Whether an account may create releases, for what is only shown: when its platform can't be asked, no. */
export function isCreator(services: Services, identity: Identity): Promise<boolean> {
  const right = findRight(services, identity);
  return right.then(({ has }) => has).catch(() => false);
}

/** Whether an account has the right; `by`: the platform whose account has it, when this one only has the address. */
async function findRight(services: Services, identity: Identity): Promise<{ has: boolean; by?: string }> {
  const person = await directoryOf(services, identity.platform).findPerson(identity.id);
  const email = person?.email?.toLowerCase();
  const isNamed = services.releaseCreators.some((creator) => creator.toLowerCase() === email);
  if (email === undefined || !isNamed) return { has: false };
  if (services.directories.size === 1) return { has: true };
  const { accounts } = await findOwner(services, email);
  if (accounts.some((account) => isSameIdentity(account, identity))) return { has: true };
  return { has: false, ...(accounts[0] && { by: accounts[0].platform }) };
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
