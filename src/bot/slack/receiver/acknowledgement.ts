import type { ServerResponse } from 'node:http';
import { ReceiverMultipleAckError } from '@slack/bolt';
import type { SlackLog } from '../client/log.ts';
import { respond } from './respond.ts';

/** Slack gives up after three seconds. */
const acknowledgeWithinMs = 3_001;

export interface Acknowledgement {
  /** Answers the request. @throws ReceiverMultipleAckError the second time. */
  send(content?: unknown): Promise<void>;
  /** No answer will come from here: something failed. */
  cancel(): void;
}

/** Answers a request once; with 404, as Bolt does, when nobody has after three seconds. */
export function acknowledgeOver(response: ServerResponse, log: SlackLog): Acknowledgement {
  let acknowledged = false;
  const timer = setTimeout(() => {
    log.error('A request from Slack was not acknowledged within 3 seconds.');
    respond(response, 404);
  }, acknowledgeWithinMs);
  return {
    cancel: () => clearTimeout(timer),
    send: async (content) => {
      if (acknowledged) throw new ReceiverMultipleAckError();
      acknowledged = true;
      clearTimeout(timer);
      // What the listener did has happened, so this is no failure of the listener.
      if (response.headersSent) log.warn('An acknowledgement came too late for Slack.');
      respond(response, 200, content);
    },
  };
}
