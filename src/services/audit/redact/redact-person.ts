import { eq } from 'drizzle-orm';
import * as z from 'zod';
import { redactedName, redactionOfPerson } from '../../../core/audit/redacted-person.ts';
import { command } from '../../../core/card/card.ts';
import { line } from '../../../core/card/line.ts';
import { isUnderWay } from '../../../core/release/release-state.ts';
import { lockPeople } from '../../../db/queries/lock-people.ts';
import { identities, persons } from '../../../db/schema/people.ts';
import { listWords } from '../../../lib/list-words.ts';
import type { Ctx } from '../../kernel/context.ts';
import { checkOperator } from '../../kernel/permissions.ts';
import { type Result, refuse } from '../../kernel/result.ts';
import type { Scope } from '../../kernel/scope.ts';
import { runVerb } from '../../kernel/verb.ts';
import { releasesOf } from '../../people/releases-of.ts';
import { carryOut, type Redacted, redactionReason } from './carry-out.ts';
import { loadPersonalData } from './personal-data.ts';

const inputSchema = z.object({ personId: z.uuid(), reason: redactionReason });
type Input = z.infer<typeof inputSchema>;

/**
 * Removes by what a person can be recognized, names, addresses and accounts, from the trail and from the rows. What
 * they did stays, under a name that says nothing. Whoever has a role in a release under way keeps theirs.
 */
export function redactPerson(args: { ctx: Ctx; input: Input }): Promise<Result<Redacted>> {
  return runVerb({ name: 'trail.redact-person', input: inputSchema, run: redact }, args);
}

async function redact(scope: Scope, { personId, reason }: Input): Promise<Result<Redacted>> {
  const refusal = checkOperator(scope.ctx.actor, 'tminus audit redact --person …');
  if (refusal) return { ok: false, refusal };
  const { tx } = scope;
  await lockPeople(tx);
  const [person] = await tx.select().from(persons).where(eq(persons.id, personId));
  if (!person) return refuse('not-found', 'Nobody here is that person.');
  if (person.redactedAt)
    return refuse('wrong-state', `What was personal of theirs is removed: ${person.name}.`);
  const held = (await releasesOf(scope, [personId]))
    .filter(({ state }) => isUnderWay(state))
    .map(({ key }) => key);
  if (held.length > 0)
    return refuse(
      'wrong-state',
      line`${person.name} still has a role in ${listWords(held)}. Give it to somebody else first: ${command('release', 'reassign')}.`,
    );
  const data = await loadPersonalData(tx, personId);
  const label = scope.ctx.newId().replaceAll('-', '').slice(-8);
  const result = await carryOut(scope, redactionOfPerson(data, label), { what: redactedName(label), reason });
  if (!result.ok) return result;
  const at = new Date(scope.now);
  await tx.update(persons).set({ redactedAt: at }).where(eq(persons.id, personId));
  // Nothing is to be sent to what their account is called now.
  await tx
    .update(identities)
    .set({ unreachableSince: at, email: null })
    .where(eq(identities.personId, personId));
  return result;
}
