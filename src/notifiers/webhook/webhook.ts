import type { AdapterContext } from '../../lib/create-adapter-registry.ts';
import { createFetch } from '../../lib/http/create-fetch.ts';
import { failedRequest } from '../../lib/http/failed-request.ts';
import { signedHeaders } from '../../lib/standard-webhooks.ts';
import type { MessageChannel, SendOutcome } from '../../services/ports/message-channel.ts';
import { payloadOf } from './payload.ts';
import { readAnswer } from './read-answer.ts';
import type { WebhookSettings } from './schema.ts';

/** Nothing of an answer is used but its head. Bytes. */
const maxAnswerBytes = 64_000;

/**
 * Posts signed JSON. A message may be posted again under the same `webhook-id`, by which its receiver knows it: that is
 * what Standard Webhooks asks of receivers.
 */
export function createWebhook(
  { endpoints, timeoutMs }: WebhookSettings,
  { clock }: AdapterContext,
): MessageChannel {
  const fetch = createFetch({ maxBytes: maxAnswerBytes, timeoutMs });
  return {
    post: async ({ destination: { id: topic }, card, deliveryId, about }): Promise<SendOutcome> => {
      const endpoint = Object.hasOwn(endpoints, topic) ? endpoints[topic] : undefined;
      if (!endpoint) return { result: 'closed', code: 'no-receiver', detail: noReceiver(topic) };
      const { url, secret, previousSecret } = endpoint;
      const body = JSON.stringify(payloadOf({ card, deliveryId, topic, about }));
      const now = clock.wall();
      const signed = { id: deliveryId, timestamp: Math.floor(now / 1_000), body };
      const headers = {
        'content-type': 'application/json',
        ...signedHeaders(signed, previousSecret === undefined ? [secret] : [secret, previousSecret]),
      };
      try {
        const response = await fetch(url, { method: 'POST', headers, body });
        await response.body?.cancel();
        return readAnswer(response, { topic, deliveryId, now });
      } catch (error) {
        return failedRequest(error);
      }
    },
    knowsRepeats: true,
    problemOf: (topic) => (Object.hasOwn(endpoints, topic) ? null : noReceiver(topic)),
    limits: { buttons: false },
    pace: { postIntervalMs: 0, editIntervalMs: 0 },
  };
}

function noReceiver(topic: string): string {
  return `There is no receiver "${topic}"; an operator names it under endpoints of this notifier in tminus.yaml.`;
}
