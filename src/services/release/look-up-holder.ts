import type { Identity } from '../../core/people/identity.ts';
import { askPlatform, directoryOf } from '../kernel/ask-platform.ts';
import type { Ctx } from '../kernel/context.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import { findAccounts } from '../people/find-accounts.ts';
import type { PersonAccounts } from '../people/link-person.ts';

/** How somebody is named: by an account that was picked, or by an e-mail address. */
export type NamedPerson = { identity: Identity } | { email: string };

/** Finds somebody who is to get a role, with all their accounts, under the name that their account has. */
export function lookUpHolder(ctx: Ctx, named: NamedPerson): Promise<Result<PersonAccounts>> {
  return askPlatform(ctx, async () => {
    const email = 'email' in named ? named.email : await emailOf(ctx, named.identity);
    if (email === null) {
      return refuse('not-found', "That account was deactivated, or tminus can't see its e-mail address.");
    }
    const accounts = await findAccounts(ctx.directories, email, ctx.actor);
    const [first] = accounts;
    if (!first) return refuse('not-found', `Nobody in this workspace has the e-mail address ${email}.`);
    return done({
      name: first.name,
      email,
      accounts: accounts.map(({ platform, id, zone }) => ({ platform, id, zone })),
    });
  });
}

async function emailOf(ctx: Ctx, { platform, id }: Identity): Promise<string | null> {
  return (await directoryOf(ctx, platform).findPerson(id))?.email ?? null;
}
