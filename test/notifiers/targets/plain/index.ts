import * as z from 'zod';
import type { Card } from '../../../../src/core/card/card.ts';
import { defineAdapter } from '../../../../src/lib/create-adapter-registry.ts';
import type { MessageChannel, SendOutcome } from '../../../../src/services/ports/message-channel.ts';

/** What arrived at one outlet, and what comes of the next posts instead of a message. */
export interface Outlet {
  messages: { id: string; card: Card }[];
  mishaps: (Exclude<SendOutcome, { result: 'sent' }> & { arrived?: boolean })[];
}

const outlets = new Map<string, Outlet>();

/** The outlet of this name, empty at first. */
export function outletNamed(name: string): Outlet {
  const outlet = outlets.get(name) ?? { messages: [], mishaps: [] };
  outlets.set(name, outlet);
  return outlet;
}

function createPlainNotifier({ outlet: name }: { outlet: string }): MessageChannel {
  return {
    post: async ({ destination: { id }, card }) => {
      const outlet = outletNamed(name);
      const mishap = outlet.mishaps.shift();
      if (!mishap || mishap.arrived) outlet.messages.push({ id, card });
      return mishap ?? { result: 'sent', messageId: `${outlet.messages.length}`, channelId: name };
    },
    limits: { buttons: false },
    pace: { postIntervalMs: 0, editIntervalMs: 0 },
  };
}

/** It sends, and that is all: it can neither edit a message nor look one up, and its messages have no buttons. */
export const notifier = defineAdapter({
  name: 'plain',
  settings: z.strictObject({ outlet: z.string() }),
  create: createPlainNotifier,
});
