import { expect, it } from 'vitest';
import type { Destination } from '../../src/core/address/destination.ts';
import { type Block, bold, type Card, mention, paragraph, text } from '../../src/core/card/card.ts';
import type { MessageChannel } from '../../src/services/ports/message-channel.ts';
import { hostile } from '../app/hostile-texts.ts';

/** One message channel with a place that takes messages. Closed after each test. */
export interface ChannelHarness {
  channel: MessageChannel;
  destination: Destination;
  /** A place of which the channel knows nothing; undefined for a channel that takes any. */
  unknown?: Destination;
  /** The first lines of what the place shows, oldest first. */
  shown(): Promise<string[]>;
  /** Somebody's account there; undefined for a channel that knows nobody. */
  personId?: string;
  /** Has the next message arrive and its answer get lost; undefined where that can't be done. */
  loseAnswer?: () => Promise<unknown>;
  close(): Promise<void>;
}

const card = (summary: string): Card => ({ summary, blocks: [paragraph(summary)] });

/** Far beyond what any place takes in one message. */
const far = 'Much more than fits. '.repeat(10_000);

/** Each text wherever people's texts can be. */
const everywhere = (...texts: string[]): Card => ({
  summary: texts.join(' '),
  blocks: texts.flatMap((value): Block[] => [
    { type: 'header', text: value },
    paragraph(value, bold(value)),
    { type: 'list', ordered: false, items: [[text(value)]] },
    { type: 'quote', content: [text(value)] },
    { type: 'code', text: value },
    { type: 'actions', buttons: [{ action: 'vote-go', label: value, value: '{}' }] },
  ]),
});

/** What some channels can do and others can't; known before any is open, so that cases can be skipped. */
export interface ChannelTraits {
  find: boolean;
  update: boolean;
  /** Whether there are places that it refuses. */
  refusesUnknown: boolean;
  /** Whether an answer can get lost in the test. */
  loseAnswer: boolean;
}

/** What every message channel promises, whatever it can do. */
export function describeMessageChannel(
  name: string,
  can: ChannelTraits,
  open: () => Promise<ChannelHarness>,
): void {
  const test = (what: string, body: (harness: ChannelHarness) => Promise<void>, isSkipped = false) => {
    it.skipIf(isSkipped)(`${name} ${what}`, async () => {
      const harness = await open();
      await body(harness).finally(() => harness.close());
    });
  };

  test('posts once, and says where', async ({ channel, destination, shown }) => {
    const sent = await channel.post({ destination, card: card('One'), deliveryId: 'delivery-1' });
    expect(sent).toEqual({
      result: 'sent',
      messageId: expect.stringMatching(/./),
      channelId: expect.stringMatching(/./),
    });
    expect(await shown()).toEqual(['One']);
  });

  test('keeps the order', async ({ channel, destination, shown }) => {
    for (const text of ['One', 'Two', 'Three'])
      await channel.post({ destination, card: card(text), deliveryId: `delivery-${text}` });
    expect(await shown()).toEqual(['One', 'Two', 'Three']);
  });

  test(
    'answers, and does not throw, where it can not post',
    async ({ channel, unknown }) => {
      if (!unknown) throw new Error('the harness has no place that is unknown');
      const answer = await channel.post({
        destination: unknown,
        card: card('One'),
        deliveryId: 'delivery-1',
      });
      expect(answer).toMatchObject({
        result: expect.stringMatching(/^(refused|closed)$/),
        code: expect.any(String),
        detail: expect.any(String),
      });
    },
    !can.refusesUnknown,
  );

  test(
    'finds what it has posted, and nothing else, if it can look up',
    async ({ channel, destination }) => {
      if (!channel.find) throw new Error('it has no look-up');
      const sent = await channel.post({ destination, card: card('One'), deliveryId: 'delivery-1' });
      const { result, ...place } = sent;
      expect(result).toBe('sent');
      expect(await channel.find({ destination, deliveryId: 'delivery-1', since: 0 })).toEqual(place);
      expect(await channel.find({ destination, deliveryId: 'delivery-2', since: 0 })).toBeNull();
    },
    !can.find,
  );

  test(
    'edits in place, if it can edit',
    async ({ channel, destination, shown }) => {
      if (!channel.update) throw new Error('it has no edits');
      const sent = await channel.post({ destination, card: card('One'), deliveryId: 'delivery-1' });
      if (sent.result !== 'sent') throw new Error(JSON.stringify(sent));
      const { messageId, channelId } = sent;
      const edited = await channel.update({ destination, messageId, channelId, card: card('Changed') });
      expect(edited).toEqual(sent);
      expect(await shown()).toEqual(['Changed']);
      expect(await channel.find?.({ destination, deliveryId: 'delivery-1', since: 0 })).toEqual(
        channel.find && { messageId, channelId },
      );
    },
    !can.update,
  );

  test('takes any text, however hostile or long, and fits it in', async ({ channel, destination, shown }) => {
    for (const texts of [Object.values(hostile), [far]]) {
      const sent = await channel.post({ destination, card: everywhere(...texts), deliveryId: 'delivery-1' });
      expect(sent).toMatchObject({ result: 'sent' });
    }
    expect(await shown()).toHaveLength(2);
  });

  test('mentions whom it knows, and names whom it does not', async (harness) => {
    const { channel, destination, shown, personId = 'somebody' } = harness;
    const people = ['Rita Moreno', '<at>Rita</at> *& <@U1>'].flatMap((name) => [
      { name, identities: [] },
      { name, identities: [{ platform: destination.channel, id: personId }] },
    ]);
    const calling = { summary: 'One', blocks: [paragraph('One'), paragraph(...people.map(mention))] };
    const sent = await channel.post({ destination, card: calling, deliveryId: 'delivery-1' });
    expect(sent).toMatchObject({ result: 'sent' });
    expect(await shown()).toEqual(['One']);
  });

  test(
    'says that it does not know, and does not send again, when the answer is lost',
    async ({ channel, destination, shown, loseAnswer }) => {
      await loseAnswer?.();
      expect(await channel.post({ destination, card: card('One'), deliveryId: 'delivery-1' })).toMatchObject({
        result: 'unknown',
      });
      expect(await shown()).toEqual(['One']);
    },
    !can.loseAnswer,
  );

  test('can do what is said of it', async ({ channel, unknown, loseAnswer }) => {
    const found = { find: channel.find, update: channel.update, refusesUnknown: unknown, loseAnswer };
    for (const [trait, value] of Object.entries(can))
      expect(Boolean(found[trait as keyof typeof found]), trait).toBe(value);
  });

  test('says how fast it may be spoken to', async ({ channel: { pace, limits } }) => {
    expect(pace.postIntervalMs).toBeGreaterThanOrEqual(0);
    expect(pace.editIntervalMs).toBeGreaterThanOrEqual(0);
    expect(typeof limits.buttons).toBe('boolean');
  });
}
