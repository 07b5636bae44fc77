import { messageOf } from '../../../src/core/approval/proposal.ts';
import type { Card } from '../../../src/core/card/card.ts';
import { cardText } from '../../../src/core/template/card-text.ts';
import { type Draft, findDrafts } from '../../../src/db/queries/drafts.ts';
import { approveDraft } from '../../../src/services/approval/approve-draft.ts';
import { editDraft } from '../../../src/services/approval/edit-draft.ts';
import { holdDraft, releaseDraft } from '../../../src/services/approval/hold-draft.ts';
import type { PersonName, World } from '../../support/test-services.ts';
import { planRelease } from '../steps.ts';

/** The item that the tests let customers read: due 11 June 2030 at 15:00 in Amsterdam, owned by Priya. */
export const announced = 'customer-announcement';
export const announcedAt = '2030-06-11T13:00:00Z';

/** Plans the example release, with an announcement that customers read in `#all-hands`, with Bo as her backup. */
export function planAnnounced(world: World): Promise<string> {
  const { communications } = world.plan;
  const change = { ...communications.change, [announced]: { customerFacing: true, channel: '#all-hands' } };
  world.plan.communications = { ...communications, change };
  const { product_owner: owner } = world.plan.roles;
  const backup = { name: 'Bo Lindqvist', email: 'bo@example.com' };
  if (owner) world.plan.roles = { ...world.plan.roles, product_owner: { ...owner, backup } };
  return planRelease(world);
}

/** The only draft of a release. */
export async function draftOf(world: World, releaseId: string): Promise<Draft> {
  const [draft, ...others] = await findDrafts(world.services.db, [releaseId]);
  if (!draft || others.length > 0) throw new Error(`${releaseId} has ${others.length + 1} drafts`);
  return draft;
}

/** A decision as somebody takes it who looks at the draft now. */
export async function seen(world: World, releaseId: string) {
  const { id: draftId, revision } = await draftOf(world, releaseId);
  return { draftId, revision };
}

export async function approve(world: World, releaseId: string, person: PersonName = 'priya') {
  return approveDraft({ ctx: world.as(person), input: await seen(world, releaseId) });
}

export async function hold(world: World, releaseId: string, reason: string, person: PersonName = 'priya') {
  return holdDraft({ ctx: world.as(person), input: { ...(await seen(world, releaseId)), reason } });
}

export async function endHold(world: World, releaseId: string, person: PersonName = 'priya') {
  return releaseDraft({ ctx: world.as(person), input: await seen(world, releaseId) });
}

export async function write(
  world: World,
  releaseId: string,
  text: { title: string; body: string } | null,
  person: PersonName = 'priya',
) {
  return editDraft({ ctx: world.as(person), input: { ...(await seen(world, releaseId)), text } });
}

/** What a draft would say now. */
export function wordingOf({ proposal }: Draft): string {
  const message = messageOf(proposal);
  return message === null ? '' : cardText(message);
}

/** What customers were sent of an item, in plain words; in the order of the outbox. */
export async function sentOf(world: World, key = announced): Promise<string[]> {
  const rows = await world.query<{ content: Card }>(
    `select content from deliveries where subject = $1 order by seq`,
    [key],
  );
  return rows.map(({ content }) => cardText(content));
}

/** Who or what was sent a message with this subject, by the names of people and channels. */
export async function toldOf(world: World, subject: string): Promise<string[]> {
  const rows = await world.query<{ destination: string }>(
    'select destination from deliveries where subject = $1 order by seq',
    [subject],
  );
  return rows.map(({ destination }) => destination);
}
