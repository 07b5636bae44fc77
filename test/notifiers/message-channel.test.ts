import { encodeDestination } from '../../src/core/address/destination.ts';
import { lineText } from '../../src/core/card/line.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { MessageChannel } from '../../src/services/ports/message-channel.ts';
import { createMemoryPlatform, type MemoryPlatform, without } from '../support/memory-platform.ts';
import { type ChannelHarness, describeMessageChannel } from '../support/message-channel-contract.ts';
import { testAdapters } from '../support/test-adapters.ts';
import { outletNamed } from './targets/plain/index.ts';

const destination = { channel: 'slack', kind: 'channel', id: 'C1' } as const;

function overMemory(pick: (platform: MemoryPlatform) => MessageChannel): () => Promise<ChannelHarness> {
  return async () => {
    const platform = createMemoryPlatform({ people: [], channels: [] }, Date.now);
    const unknown = { ...destination, id: 'C-unknown' };
    platform.failPosts(encodeDestination(unknown), { result: 'refused', code: 'no_channel', detail: 'none' });
    return {
      channel: pick(platform),
      destination,
      unknown,
      shown: async () => platform.shown(encodeDestination(destination)),
      close: async () => undefined,
    };
  };
}

const plain = { find: false, update: false, refusesUnknown: false, loseAnswer: false };
const memory = { ...plain, refusesUnknown: true };

describeMessageChannel(
  'The memory channel',
  { ...memory, find: true, update: true },
  overMemory((platform) => platform),
);
describeMessageChannel(
  'The memory channel without look-up',
  { ...memory, update: true },
  overMemory((platform) => without(platform, 'find')),
);
describeMessageChannel(
  'The memory channel without edits',
  { ...memory, find: true },
  overMemory((platform) => without(platform, 'update')),
);

let outlets = 0;
describeMessageChannel('The plain notifier', plain, async () => {
  const outlet = `contract-${outlets++}`;
  return {
    channel: testAdapters.notifiers.create({ type: 'plain', outlet }, { clock: systemClock }),
    destination: { channel: 'plain', kind: 'address', id: 'team' },
    shown: async () => outletNamed(outlet).messages.map(({ card }) => lineText(card.summary)),
    close: async () => undefined,
  };
});
