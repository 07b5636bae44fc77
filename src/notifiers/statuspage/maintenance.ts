import type { Card } from '../../core/card/card.ts';
import type { MessageAbout } from '../../core/messages/message-about.ts';
import { cardText } from '../../core/template/card-text.ts';
import { shortenText } from '../../lib/shorten-text.ts';
import type { Incident, Notes } from './incident.ts';
import type { StatuspageSettings } from './schema.ts';

/** The life of a scheduled maintenance. There is no other end: what was cancelled is completed, and its text says why. */
export const maintenanceStates = ['scheduled', 'in_progress', 'verifying', 'completed'] as const;
export type MaintenanceState = (typeof maintenanceStates)[number];

/** Statuspage's limits, characters. */
const maxName = 255;
const maxBody = 25_000;
/** So many ids are kept with a maintenance, by which a message is found again. */
const keptDeliveries = 50;

/** How a maintenance stands after a message about a release. */
export function stateAfter({ release, writtenAt }: MessageAbout): MaintenanceState {
  switch (release.context) {
    case 'draft':
    case 'planned':
    case 'approved':
      return Date.parse(writtenAt) < Date.parse(release.goLiveAt) ? 'scheduled' : 'in_progress';
    case 'unrecorded':
    case 'rolling-out':
      return 'in_progress';
    case 'live':
    case 'rolled-back':
    case 'cancelled':
      return 'completed';
  }
}

/** What one message makes of a maintenance: of the one that there is, or of a new one. */
export function maintenanceOf(
  settings: StatuspageSettings,
  { card, about, place, deliveryId }: { card: Card; about: MessageAbout; place: string; deliveryId: string },
  before: Incident | null,
): Record<string, unknown> {
  const status = later(before?.status, stateAfter(about));
  const ids = (Object.hasOwn(settings.components, place) && settings.components[place]) || [];
  const notes: Notes = {
    release: about.release.id,
    place,
    deliveries: [...(before?.notes?.deliveries ?? []), deliveryId].slice(-keptDeliveries),
  };
  return {
    status,
    body: shortenText(withoutTags(cardText(card)), maxBody),
    metadata: { tminus: notes },
    deliver_notifications: settings.notifySubscribers,
    ...(before ? {} : { name: nameOf(about), component_ids: ids, ...byUsAlone }),
    ...(before === null || status === 'scheduled' ? timesOf(about) : {}),
    ...componentsOf(settings, status, ids),
  };
}

/** Statuspage would move it on by its clock, whatever became of the release. */
const byUsAlone = {
  scheduled_remind_prior: false,
  scheduled_auto_in_progress: false,
  scheduled_auto_completed: false,
  auto_transition_to_maintenance_state: false,
  auto_transition_to_operational_state: false,
};

function nameOf({ release: { product, version } }: MessageAbout): string {
  return shortenText(withoutTags(`${product} ${version}`), maxName);
}

function timesOf({ release }: MessageAbout): Record<string, string> {
  return { scheduled_for: release.goLiveAt, scheduled_until: release.completeAt };
}

function componentsOf(
  { whileRollingOut }: StatuspageSettings,
  status: MaintenanceState,
  ids: readonly string[],
): Record<string, unknown> {
  if (status === 'scheduled' || ids.length === 0 || whileRollingOut === 'operational') return {};
  const state = status === 'completed' ? 'operational' : whileRollingOut;
  return { components: Object.fromEntries(ids.map((id) => [id, state])) };
}

/** It never goes back: what was completed can be added to, not begun again. */
function later(before: string | undefined, after: MaintenanceState): MaintenanceState {
  const states: readonly string[] = maintenanceStates;
  const index = Math.max(states.indexOf(before ?? ''), states.indexOf(after));
  return maintenanceStates[index] ?? after;
}

/** Statuspage shows some HTML. A space keeps any text from being it. */
function withoutTags(text: string): string {
  return text.replace(/<(?=[a-z/!?])/gi, '< ');
}
