import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import pMap from 'p-map';
import * as z from 'zod';
import type { Identity } from '../../core/people/identity.ts';
import { staffedStates } from '../../core/release/release-state.ts';
import { prepareQuery } from '../../db/prepare-query.ts';
import { identities } from '../../db/schema/people.ts';
import { releasePeople, releases } from '../../db/schema/release.ts';
import { notifyReleaseManager } from '../delivery/notice.ts';
import { askPlatform } from '../kernel/ask-platform.ts';
import { asSystem, type Ctx } from '../kernel/context.ts';
import { checkSystem } from '../kernel/permissions.ts';
import { directMessagesOf } from '../kernel/person-destination.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { recordUnreachable } from '../people/record-unreachable.ts';
import { releasesOf } from '../people/releases-of.ts';
import { unreachableNotice } from '../people/unreachable-notice.ts';

/** So many questions at a time: somebody waits for the answer. */
const concurrency = 4;

const inputSchema = z.object({ platform: z.string(), id: z.string() });

/**
 * Before a backup's request is looked at: asks the platforms whether those in whose place the backup may act still
 * have an account, and records who has none. When a platform can't be asked, things stay as they are known.
 */
export async function noteAbsentHolders(ctx: Ctx): Promise<void> {
  if (ctx.actor.kind !== 'person' || !ctx.actor.isBackup) return;
  const holders = await findHoldersBefore(ctx.db, { personId: ctx.actor.personId });
  const isGone = await pMap(holders, (identity) => hasNoAccount(ctx, identity), { concurrency });
  for (const identity of holders.filter((_, index) => isGone[index])) {
    await recordAbsentHolder({ ctx: asSystem(ctx, 'directory'), input: identity });
  }
}

async function hasNoAccount(ctx: Ctx, { platform, id }: Identity): Promise<boolean> {
  const directory = ctx.directories.get(platform);
  if (!directory) return false;
  const asked = await askPlatform(ctx, async () => done(await directory.findPerson(id)));
  return asked.ok && asked.value === null;
}

/**
 * Records that a holder has no account any more, and asks the release managers for a successor; tminus itself has found
 * out. False: it was known.
 */
export function recordAbsentHolder(args: { ctx: Ctx; input: Identity }): Promise<Result<boolean>> {
  const run = async (scope: Scope, identity: Identity) => {
    const refusal = checkSystem(scope.ctx.actor);
    if (refusal) return { ok: false as const, refusal };
    const isNews = await recordUnreachable(scope, identity);
    if (isNews) await askForSuccessors(scope, identity);
    return done(isNews);
  };
  return runVerb({ name: 'person.unreachable', input: inputSchema, run }, args);
}

/** In each release in which they hold a role and have no other account by which they can be reached. */
async function askForSuccessors(scope: Scope, identity: Identity): Promise<void> {
  const destination = directMessagesOf(identity);
  const [account] = await scope.tx
    .select({ personId: identities.personId })
    .from(identities)
    .where(and(eq(identities.platform, identity.platform), eq(identities.platformId, identity.id)));
  for (const release of account ? await releasesOf(scope, [account.personId]) : []) {
    const person = release.people.find(
      ({ personId, position }) => personId === account?.personId && position === 'holder',
    );
    if (!person || person.isReachable) continue;
    const content = unreachableNotice(release, person);
    await notifyReleaseManager(scope, release, { kind: 'failed', content, except: destination });
  }
}

/** The accounts, reachable as far as is known, of the holders whose backup a person is in a release under way or live. */
const findHoldersBefore = prepareQuery<{ personId: string }, Identity[]>('holders before a backup', (db) => {
  const backup = alias(releasePeople, 'backup');
  const inSameRole = and(
    eq(releasePeople.releaseId, backup.releaseId),
    eq(releasePeople.role, backup.role),
    eq(releasePeople.position, 'holder'),
  );
  return db
    .selectDistinct({ platform: identities.platform, id: identities.platformId })
    .from(backup)
    .innerJoin(releases, eq(releases.id, backup.releaseId))
    .innerJoin(releasePeople, inSameRole)
    .innerJoin(identities, eq(identities.personId, releasePeople.personId))
    .where(
      and(
        eq(backup.personId, sql.placeholder('personId')),
        eq(backup.position, 'backup'),
        inArray(releases.state, [...staffedStates]),
        isNull(identities.unreachableSince),
      ),
    );
});
