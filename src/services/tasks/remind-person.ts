import { eq } from 'drizzle-orm';
import { isSameName } from '../../core/freeze/freeze.ts';
import { isDigestDue } from '../../core/tasks/digest-times.ts';
import { type Agenda, agendaAt, nextAgendaAt, type OwnTask } from '../../core/tasks/person-agenda.ts';
import { findDrafts } from '../../db/queries/drafts.ts';
import { findOpenBallots } from '../../db/queries/home.ts';
import { loadReleases, type Release, type ReleasePerson } from '../../db/queries/load-release.ts';
import { listProductLocks } from '../../db/queries/product-locks.ts';
import { findOpenTasks, findRemindedReleases, type Task } from '../../db/queries/tasks.ts';
import { cards } from '../../db/schema/outbox.ts';
import { agendas, taskMessages } from '../../db/schema/tasks.ts';
import { waitsFor } from '../approval/who-decides.ts';
import { insertDelivery, setTimer } from '../kernel/effects.ts';
import { directMessageTo } from '../kernel/person-destination.ts';
import type { Scope } from '../kernel/scope.ts';
import { digestOf } from './digest-of.ts';
import { ownTasks } from './own-tasks.ts';
import { taskMessageKind } from './task-message-kind.ts';
import { remindKind } from './wake-people.ts';

/**
 * A person may have something to hear of their tasks: all of it goes out in one message, whatever releases it is of. On
 * working mornings it is their digest, which has their votes and approvals, too. With nothing to say it is silent. Then the
 * next time is set, as long as they have a release.
 */
export async function remindPerson(scope: Scope, personId: string): Promise<void> {
  const { tx, ctx, now } = scope;
  const [heard] = await tx.select().from(agendas).where(eq(agendas.personId, personId)).for('update');
  const all = await loadReleases(tx, await findRemindedReleases(tx, { personId, now }));
  const releases = await withoutLocked(scope, all, personId);
  if (!heard || all.length === 0) return;
  const tasks = await findOpenTasks(
    tx,
    releases.map(({ id }) => id),
  );
  const own = ownTasks(releases, tasks, personId);
  const digest = digestOf(ctx, all, personId);
  const span = { after: heard.heardUntil.getTime(), now, lateMs: ctx.latenessMs };
  const said = agendaAt(own, { ...span, digest });
  const other =
    said === null && isDigestDue(span, digest) && (await isOtherwiseAsked(scope, releases, personId));
  const message = said ?? (other ? { kind: 'digest' as const, agenda: nothing } : null);
  if (message) await send(scope, { ...message, personId, releases, tasks, own });
  await tx
    .update(agendas)
    .set({ heardUntil: new Date(now) })
    .where(eq(agendas.personId, personId));
  const dueAt = nextAgendaAt(own, { after: now, digest });
  await setTimer(scope, { releaseId: null, kind: remindKind, subjectId: personId, dueAt });
}

/** Of a product that is locked nobody hears but the owner of the lock, but for what there is to do after a rollback. */
async function withoutLocked(
  { tx }: Scope,
  releases: readonly Release[],
  personId: string,
): Promise<Release[]> {
  const locks = await listProductLocks(tx);
  const isHeld = ({ plan, state }: Release) =>
    state !== 'rolled_back' &&
    locks.some(({ product, ownerId }) => ownerId !== personId && isSameName(product, plan.product));
  return releases.filter((release) => !isHeld(release));
}

const nothing: Agenda = { waiting: [], today: [], week: [] };

/** Whether a vote or a message for customers waits for them. */
async function isOtherwiseAsked(
  { tx }: Scope,
  releases: readonly Release[],
  personId: string,
): Promise<boolean> {
  if ((await findOpenBallots(tx, personId)).length > 0) return true;
  const drafts = await findDrafts(
    tx,
    releases.map(({ id }) => id),
  );
  return drafts.some((draft) => {
    const release = releases.find(({ id }) => id === draft.releaseId);
    return release !== undefined && waitsFor(release, draft, personId);
  });
}

interface Said {
  kind: 'digest' | 'reminder';
  agenda: Agenda;
  personId: string;
  releases: readonly Release[];
  tasks: readonly Task[];
  own: readonly OwnTask[];
}

async function send(scope: Scope, said: Said): Promise<void> {
  const { tx, ctx, now } = scope;
  const { kind, agenda, personId, releases } = said;
  const [release] = releases;
  const person = release?.people.find((each) => each.personId === personId);
  const [destination] = release && person ? directMessageTo(person, { release }) : [];
  if (!person || !destination) return;
  const id = ctx.newId();
  await tx.insert(taskMessages).values({ id, personId, kind, sentAt: new Date(now), agenda });
  const cardId = ctx.newId();
  await tx.insert(cards).values({ id: cardId, kind: taskMessageKind, subjectId: id, destination });
  await insertDelivery(scope, { releaseId: null, destination, subject: `card:${taskMessageKind}`, cardId });
  auditReminders(scope, said, person);
}

/** The trail of each release says who was asked for what of it; a digest counts where it asks for what is late. */
function auditReminders(scope: Scope, { kind, agenda, releases, tasks, own }: Said, to: ReleasePerson): void {
  const asked = kind === 'reminder' ? [...agenda.waiting, ...agenda.today, ...agenda.week] : agenda.waiting;
  for (const { id: releaseId } of [...releases].sort((one, other) => (one.id < other.id ? -1 : 1))) {
    const ofRelease = tasks.filter((task) => task.releaseId === releaseId && asked.includes(task.id));
    if (ofRelease.length === 0) continue;
    const entries = ofRelease.map(({ id, key }) => ({
      key,
      as: own.find((task) => task.id === id)?.tier ?? 'owner',
    }));
    scope.audit({ action: 'tasks.reminded', releaseId, details: { to: to.name, tasks: entries } });
  }
}
