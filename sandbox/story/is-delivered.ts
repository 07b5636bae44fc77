import type { Message } from '../control-api.ts';

/**
 * Whether a direct message came through the outbox. A private answer that came late stands among them too, on Slack
 * without what the outbox finds its messages by.
 */
export function isDelivered({ metadata, attachments }: Message): boolean {
  return metadata !== undefined || attachments !== undefined;
}
