import { errorMessage } from '../../lib/error-message.ts';
import { createFetch } from '../../lib/http/create-fetch.ts';
import { isNotConnected } from '../../lib/http/not-connected.ts';
import type { MessageChannel, SendOutcome } from '../../services/ports/message-channel.ts';
import { readAnswer } from './read-answer.ts';
import { renderMessage } from './render-message.ts';
import type { TeamsWorkflowSettings } from './schema.ts';

/** Nothing of an answer is used but its head. Bytes. */
const maxAnswerBytes = 64_000;

/** Posts to webhooks of Power Automate. What it has posted it can neither edit nor find again. */
export function createTeamsWorkflow({ webhooks, timeoutMs }: TeamsWorkflowSettings): MessageChannel {
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
        return readAnswer(response, { name, deliveryId });
      } catch (error) {
        // It names the host, and nothing else of the address.
        const detail = errorMessage(error);
        return isNotConnected(error) ? { result: 'not-sent', detail } : { result: 'unknown', detail };
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
