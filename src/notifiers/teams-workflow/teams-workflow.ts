import type { AdapterContext } from '../../lib/create-adapter-registry.ts';
import { createFetch } from '../../lib/http/create-fetch.ts';
import { failedRequest } from '../../lib/http/failed-request.ts';
import type { MessageChannel, SendOutcome } from '../../services/ports/message-channel.ts';
import { readAnswer } from './read-answer.ts';
import { renderMessage } from './render-message.ts';
import type { TeamsWorkflowSettings } from './schema.ts';

/** Nothing of an answer is used but its head. Bytes. */
const maxAnswerBytes = 64_000;

/** Posts to webhooks of Power Automate. What it has posted it can neither edit nor find again. */
export function createTeamsWorkflow(
  { webhooks, timeoutMs }: TeamsWorkflowSettings,
  { clock }: AdapterContext,
): MessageChannel {
  const fetch = createFetch({ maxBytes: maxAnswerBytes, timeoutMs });
  return {
    post: async ({ destination: { id: name }, card, deliveryId }): Promise<SendOutcome> => {
      const url = Object.hasOwn(webhooks, name) ? webhooks[name] : undefined;
      if (url === undefined) return { result: 'closed', code: 'no-webhook', detail: noWebhook(name) };
      const body = JSON.stringify(renderMessage(card));
      const headers = { 'content-type': 'application/json' };
      try {
        const response = await fetch(url, { method: 'POST', headers, body });
        await response.body?.cancel();
        return readAnswer(response, { name, deliveryId, now: clock.wall() });
      } catch (error) {
        return failedRequest(error);
      }
    },
    problemOf: (name) => (Object.hasOwn(webhooks, name) ? null : noWebhook(name)),
    limits: { buttons: false },
    pace: { postIntervalMs: 1_000, editIntervalMs: 1_000 },
  };
}

function noWebhook(name: string): string {
  return `There is no webhook "${name}"; an operator names it in tminus.yaml.`;
}
