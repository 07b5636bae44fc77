import type { AdapterContext } from '../../lib/create-adapter-registry.ts';
import {
  DeliveryLookupError,
  type MessageChannel,
  type SendOutcome,
} from '../../services/ports/message-channel.ts';
import { createApi } from './api.ts';
import { maintenanceOf } from './maintenance.ts';
import type { StatuspageSettings } from './schema.ts';

/**
 * A release is one scheduled maintenance at each place: the first message about it makes it, each later one adds an
 * update and moves it on. What was posted is found by the delivery's id, which is kept with it.
 */
export function createStatuspage(settings: StatuspageSettings, context: AdapterContext): MessageChannel {
  const api = createApi(settings, context);
  const { pageId, components } = settings;
  const problemOf = (place: string) => (Object.hasOwn(components, place) ? null : noComponents(place));
  return {
    post: async ({
      destination: { id: place },
      card,
      deliveryId,
      about,
      isStillOurs,
    }): Promise<SendOutcome> => {
      const problem = problemOf(place);
      if (problem !== null) return { result: 'closed', code: 'no-components', detail: problem };
      if (!about) return { result: 'refused', code: 'no-release', detail: 'It is about no release.' };
      const found = await api.find(
        ({ notes }) => notes?.release === about.release.id && notes.place === place,
      );
      if (!found.ok) return found.failure;
      const before = found.value;
      const sent = (messageId: string) => ({ result: 'sent' as const, messageId, channelId: pageId });
      if (before?.notes?.deliveries.includes(deliveryId)) return sent(before.id);
      if (isStillOurs && !(await isStillOurs())) {
        return { result: 'not-sent', detail: 'another process has taken it over' };
      }
      const incident = maintenanceOf(settings, { card, about, place, deliveryId }, before);
      const written = await api.write(before?.id ?? null, incident);
      return written.ok ? sent(written.value.id) : written.failure;
    },
    find: async ({ deliveryId }) => {
      const found = await api.find(({ notes }) => notes?.deliveries.includes(deliveryId) ?? false);
      if (!found.ok) throw asLookupError(found.failure);
      return found.value && { messageId: found.value.id, channelId: pageId };
    },
    checkAccess: async () => {
      const read = await api.find(() => true);
      if (read.ok) return null;
      return 'detail' in read.failure ? read.failure.detail : 'Statuspage asks to wait.';
    },
    problemOf,
    limits: { buttons: false },
    // Two requests a message, and sixty a minute are allowed.
    pace: { postIntervalMs: 2_000, editIntervalMs: 2_000 },
  };
}

function asLookupError(failure: Exclude<SendOutcome, { result: 'sent' }>): DeliveryLookupError {
  if (failure.result !== 'rate-limited') return new DeliveryLookupError(failure.result, failure.detail);
  return new DeliveryLookupError(failure.result, 'Statuspage was asked too often.', failure.retryAfterMs);
}

function noComponents(place: string): string {
  return `There are no components "${place}"; an operator names them under this notifier in tminus.yaml.`;
}
