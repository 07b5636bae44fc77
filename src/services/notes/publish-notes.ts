import * as z from 'zod';
import type { Destination } from '../../core/address/destination.ts';
import { cardOfEdited } from '../../core/approval/edited-text.ts';
import { command } from '../../core/card/card.ts';
import { line } from '../../core/card/line.ts';
import { audienceAddresses } from '../../core/plan/audience-addresses.ts';
import {
  AUDIENCE_TITLES,
  CHANNEL_AUDIENCES,
  type ChannelAudience,
  isReadOutside,
} from '../../core/plan/audiences.ts';
import { releaseStateTitles } from '../../core/release/release-state.ts';
import type { Release } from '../../db/queries/load-release.ts';
import type { Ctx } from '../kernel/context.ts';
import { deliver } from '../kernel/effects.ts';
import { rightTo } from '../kernel/load-for-request.ts';
import { actorName } from '../kernel/permissions.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { destinationsOf } from '../release/destinations-for.ts';
import {
  isOutdated,
  type LoadedNotes,
  loadNotes,
  type NotesInput,
  notesInput,
  wordingOf,
  writeNotes,
} from './load-notes.ts';

const publishInput = notesInput.extend({
  audience: z.enum(CHANNEL_AUDIENCES, { error: 'Choose who gets the notes.' }),
});

/** What the form for it is opened with: who can be reached. */
export interface PublishableNotes extends NotesInput {
  audiences: ChannelAudience[];
}

/** Whether somebody may publish the notes now, and to whom: asked before the form opens. */
export function preparePublication(args: { ctx: Ctx; input: NotesInput }): Promise<Result<PublishableNotes>> {
  const run = async (scope: Scope, input: NotesInput): Promise<Result<PublishableNotes>> => {
    const loaded = await loadPublishable(scope, input);
    return loaded.ok ? done({ ...input, audiences: audiencesOf(loaded.value.release) }) : loaded;
  };
  return runVerb({ name: 'notes.prepare', input: notesInput, run }, args);
}

/** Posts the notes in the wording that was approved to all destinations of an audience, once. */
export function publishNotes(args: {
  ctx: Ctx;
  input: z.input<typeof publishInput>;
}): Promise<Result<{ releaseKey: string; places: number }>> {
  const checkRight = rightTo('notes.publish');
  return runVerb({ name: 'notes.publish', input: publishInput, run: publish, checkRight }, args);
}

async function publish(
  scope: Scope,
  { audience, ...input }: z.infer<typeof publishInput>,
): Promise<Result<{ releaseKey: string; places: number }>> {
  const loaded = await loadPublishable(scope, input);
  if (!loaded.ok) return loaded;
  const { release, notes } = loaded.value;
  const to = placesFor(release, audience);
  if (to.length === 0) {
    const message = `${release.key} sends nothing else to ${AUDIENCE_TITLES[audience]}, so I have no channel for them. Choose somebody else, or plan a message for them.`;
    return refuse('invalid', message, { releaseId: release.id, field: 'audience' });
  }
  const by = actorName(release, scope.ctx.actor);
  const publishedAt = new Date(scope.now);
  await writeNotes(scope, loaded.value, {
    ...{ state: 'published', publishedTo: audience, publishedByName: by, publishedAt },
  });
  const details = { wording: wordingOf(notes), audience, by };
  scope.audit({ action: 'notes.published', releaseId: release.id, details });
  await deliver(scope, {
    ...{ releaseId: release.id, to, subject: 'release-notes', content: cardOfEdited(notes) },
    ...{ audience, customerFacing: isReadOutside(audience) },
  });
  return done({ releaseKey: release.key, places: to.length });
}

async function loadPublishable(scope: Scope, input: NotesInput): Promise<Result<LoadedNotes>> {
  const loaded = await loadNotes(scope, input, 'notes.publish');
  if (!loaded.ok) return loaded;
  const { release, notes } = loaded.value;
  const about = { releaseId: release.id };
  if (release.state === 'cancelled' || release.state === 'rolled_back') {
    const message = `${release.key} is ${releaseStateTitles[release.state]}: nobody has what its notes describe.`;
    return refuse('wrong-state', message, about);
  }
  const see = command('release', `notes ${release.key}`);
  if (notes.state !== 'approved' || notes.approvedWording !== wordingOf(notes)) {
    const message = line`The notes of ${release.key} are not approved in this wording yet: ${see}.`;
    return refuse('conditions-unmet', message, about);
  }
  if (!isOutdated(release, notes)) return loaded;
  const message = line`The scope of ${release.key} has changed since the notes were approved. Edit them, or draft them again: ${see}.`;
  return refuse('conditions-unmet', message, about);
}

/** The audiences that can be reached. */
function audiencesOf(release: Release): ChannelAudience[] {
  return CHANNEL_AUDIENCES.filter((audience) => placesFor(release, audience).length > 0);
}

/** Where an audience is reached; nowhere when the plan sends it nothing else, since its places were not looked up then. */
function placesFor(release: Release, audience: ChannelAudience): Destination[] {
  const known = new Set(release.destinations.map(({ address }) => address));
  const addresses = audienceAddresses(release.plan, audience);
  return addresses.every((address) => known.has(address)) ? destinationsOf(release, addresses) : [];
}
