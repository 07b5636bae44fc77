import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import * as z from 'zod';
import { calendarLinks } from '../../db/schema/calendar.ts';
import type { Ctx } from '../kernel/context.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';

const inputSchema = z.object({ renew: z.boolean() });
type Input = z.infer<typeof inputSchema>;

export interface OpenedCalendar {
  /** Where a calendar program reads it. It is for the person alone. */
  url: string;
}

/** Nobody guesses it. */
const tokenBytes = 24;

/**
 * Gives somebody the address under which their calendar program reads the releases: theirs, the same whenever they
 * ask. `renew` makes a new one, and the old one opens nothing any more. Open to everybody of the workspace.
 */
export function openCalendar(args: { ctx: Ctx; input: Input }): Promise<Result<OpenedCalendar>> {
  return runVerb({ name: 'calendar.open', input: inputSchema, run: open }, args);
}

async function open(scope: Scope, { renew }: Input): Promise<Result<OpenedCalendar>> {
  const { actor } = scope.ctx;
  if (actor.kind !== 'person')
    return refuse('not-permitted', 'Only people in this workspace can have a calendar.');
  const base = scope.ctx.publicUrl();
  if (base === null) {
    const next =
      'Whoever runs tminus sets http.publicUrl in tminus.yaml, the address under which it is reached.';
    return refuse('unavailable', `There is no address for a calendar yet. ${next}`);
  }
  const token =
    (renew ? null : await findToken(scope, actor.personId)) ?? (await writeToken(scope, actor.personId));
  return done({ url: `${base}/calendar/${token}.ics` });
}

async function findToken({ tx }: Scope, personId: string): Promise<string | null> {
  const [link] = await tx.select().from(calendarLinks).where(eq(calendarLinks.personId, personId));
  return link?.token ?? null;
}

async function writeToken(scope: Scope, personId: string): Promise<string> {
  const token = randomBytes(tokenBytes).toString('base64url');
  const created = { token, createdAt: new Date(scope.ctx.clock.wall()) };
  await scope.tx
    .insert(calendarLinks)
    .values({ personId, ...created })
    .onConflictDoUpdate({ target: calendarLinks.personId, set: created });
  scope.audit({ action: 'calendar.link_made', releaseId: null, subject: personId });
  return token;
}
