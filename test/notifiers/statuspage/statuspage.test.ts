import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { paragraph } from '../../../src/core/card/card.ts';
import type { MessageAbout } from '../../../src/core/messages/message-about.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { notifier } from '../../../src/notifiers/statuspage/index.ts';
import { describeMessageChannel } from '../../support/message-channel-contract.ts';
import {
  type StatuspageDouble,
  startStatuspage,
  statuspageIds,
  statuspageKey,
} from '../../support/statuspage-double.ts';
import { aboutMessage } from '../about.ts';

const destination = { channel: 'status', kind: 'address', id: 'shop' } as const;

function open(url: string, more: object = {}) {
  const { page: pageId, shop } = statuspageIds;
  const settings = { apiKey: statuspageKey, pageId, url, components: { shop: [shop], all: [] } };
  return notifier.create({ ...settings, ...more }, { clock: systemClock });
}

describeMessageChannel(
  'The Statuspage notifier',
  { find: true, update: false, refusesUnknown: true, loseAnswer: true },
  async () => {
    const page = await startStatuspage();
    const channel = open(page.url);
    const posted = new Set<string>();
    return {
      channel: {
        ...channel,
        // Of one id it takes one message; the contract posts two very different ones under the same.
        post: ({ deliveryId: id, ...message }) => {
          const deliveryId = posted.has(id) ? `${id}-again` : id;
          posted.add(id);
          return channel.post({ ...message, deliveryId, about: aboutMessage() });
        },
      },
      destination,
      unknown: { ...destination, id: 'nowhere' },
      shown: async () =>
        page.maintenances.flatMap(({ incident_updates }) =>
          incident_updates.map(({ body }) => body.split('\n', 1)[0] ?? ''),
        ),
      loseAnswer: async () => page.mishaps.push('lost'),
      close: page.close,
    };
  },
);

let page: StatuspageDouble;
beforeEach(async () => {
  page = await startStatuspage();
});
afterEach(() => page.close());

let count = 0;
const post = (text: string, about: MessageAbout = aboutMessage(), more: object = {}, settings: object = {}) =>
  open(page.url, settings).post({
    destination,
    card: { summary: text, blocks: [paragraph(text)] },
    deliveryId: `delivery-${count++}`,
    about,
    ...more,
  });
const goLive = '2030-06-18T08:00:00.000Z';

describe('a release on a status page', () => {
  it('is one maintenance, from its announcement to its end', async () => {
    await post('Planned');
    await post(
      'In progress',
      aboutMessage({ context: 'rolling-out', state: 'in_progress', writtenAt: goLive }),
    );
    await post('Live', aboutMessage({ context: 'live', state: 'in_progress', writtenAt: goLive }));
    expect(page.maintenances).toMatchObject([
      {
        name: 'Web shop 2.4.0',
        status: 'completed',
        scheduled_for: goLive,
        scheduled_until: '2030-06-18T14:00:00.000Z',
        incident_updates: [
          { status: 'scheduled', body: 'Planned' },
          { status: 'in_progress', body: 'In progress' },
          { status: 'completed', body: 'Live' },
        ],
      },
    ]);
  });

  it('is in progress at T-0, whether or not anybody has recorded it', async () => {
    await post('Planned');
    await post('It is time', aboutMessage({ writtenAt: goLive }));
    expect(page.maintenances).toMatchObject([{ status: 'in_progress' }]);
  });

  it('moves with its go-live', async () => {
    await post('Planned');
    const moved = { goLiveAt: '2030-06-20T08:00:00.000Z', completeAt: '2030-06-20T14:00:00.000Z' };
    await post('Moved', aboutMessage(moved));
    expect(page.maintenances).toMatchObject([{ status: 'scheduled', scheduled_for: moved.goLiveAt }]);
  });

  it.each(['rolled-back', 'cancelled'] as const)('is over when it is %s, and says so', async (context) => {
    await post('Planned');
    await post('It did not work out', aboutMessage({ context }));
    expect(page.maintenances).toMatchObject([
      { status: 'completed', incident_updates: [{}, { status: 'completed', body: 'It did not work out' }] },
    ]);
  });

  it('does not begin again after its end', async () => {
    await post('Live', aboutMessage({ context: 'live' }));
    await post('Less traffic', aboutMessage({ context: 'rolling-out' }));
    expect(page.maintenances).toMatchObject([
      { status: 'completed', incident_updates: [{}, { body: 'Less traffic' }] },
    ]);
  });

  it('has a maintenance of its own beside those of others', async () => {
    await post('One');
    await post('Other', aboutMessage({ id: '22222222-2222-4222-8222-222222222222', version: '2.5.0' }));
    await post('Elsewhere', aboutMessage(), { destination: { ...destination, id: 'all' } });
    expect(page.maintenances.map(({ name }) => name)).toEqual([
      'Web shop 2.4.0',
      'Web shop 2.5.0',
      'Web shop 2.4.0',
    ]);
  });

  it('is found among hundreds', async () => {
    await post('Planned');
    for (let index = 0; index < 250; index += 1) {
      page.maintenances.push({
        ...structuredClone(page.maintenances[0] ?? fail()),
        id: `x${index}`,
        metadata: {},
      });
    }
    await post('Live', aboutMessage({ context: 'live' }));
    expect(page.maintenances).toHaveLength(251);
    expect(page.maintenances[0]).toMatchObject({ status: 'completed' });
  });

  it('shows on the components, if that is wanted', async () => {
    const shown = () => page.components.get(statuspageIds.shop);
    const settings = { whileRollingOut: 'under_maintenance' };
    await post('Planned', aboutMessage(), {}, settings);
    expect(shown()).toBe('operational');
    await post('Now', aboutMessage({ context: 'rolling-out' }), {}, settings);
    expect(shown()).toBe('under_maintenance');
    await post('Live', aboutMessage({ context: 'live' }), {}, settings);
    expect(shown()).toBe('operational');
  });

  it('is no HTML', async () => {
    await post('<b>bold</b> <script>', aboutMessage());
    expect(page.maintenances[0]?.incident_updates[0]?.body).toBe('< b>bold< /b> < script>');
  });
});

describe('what Statuspage answers', () => {
  it.each([
    [420, { result: 'rate-limited', retryAfterMs: 3_000 }],
    [429, { result: 'rate-limited', retryAfterMs: 60_000 }],
    [422, { result: 'refused', code: 'http-422' }],
    [403, { result: 'closed', code: 'http-403' }],
    [500, { result: 'unknown' }],
  ])('%i', async (status, outcome) => {
    page.mishaps.push(status);
    const answer = await post('Planned');
    expect(answer).toMatchObject(outcome);
    expect(JSON.stringify(answer)).not.toContain(statuspageKey);
  });

  it('was not written when it could not be asked', async () => {
    const { url } = page;
    await page.close();
    expect(
      await open(url).post({
        destination,
        card: { summary: '', blocks: [] },
        deliveryId: 'x',
        about: aboutMessage(),
      }),
    ).toMatchObject({ result: 'not-sent' });
    page = await startStatuspage();
  });

  it('is found by the delivery when the answer was lost, and not written twice', async () => {
    page.mishaps.push('lost');
    expect(await post('Planned', aboutMessage(), { deliveryId: 'lost' })).toMatchObject({
      result: 'unknown',
    });
    const query = { destination, deliveryId: 'lost', since: 0 };
    expect(await open(page.url).find?.(query)).toEqual({ messageId: 'inc0', channelId: statuspageIds.page });
    expect(await post('Planned', aboutMessage(), { deliveryId: 'lost' })).toMatchObject({ result: 'sent' });
    expect(page.maintenances[0]?.incident_updates).toHaveLength(1);
  });

  it('closes the place with a wrong key, and does not repeat it', async () => {
    const answer = await post('Planned', aboutMessage(), {}, { apiKey: 'top-secret' });
    expect(answer).toMatchObject({ result: 'closed', code: 'http-401' });
    expect(JSON.stringify(answer)).not.toContain('top-secret');
    await expect(
      open(page.url, { apiKey: 'top-secret' }).find?.({ destination, deliveryId: 'x', since: 0 }),
    ).rejects.toMatchObject({ code: 'closed' });
  });

  it('takes messages of releases alone', async () => {
    expect(await post('Hello', undefined, { about: undefined })).toMatchObject({
      result: 'refused',
      code: 'no-release',
    });
  });
});

describe('its settings', () => {
  const given = { apiKey: 'k', pageId: 'page12345678', components: { shop: [] } };
  const check = (changes: object) => notifier.settings.safeParse({ ...given, ...changes });

  it('need a key, a page and components', () => {
    expect(check({}).data).toMatchObject({
      whileRollingOut: 'operational',
      url: 'https://api.statuspage.io/v1',
    });
    expect(open('https://x.example').problemOf?.('shop')).toBeNull();
    expect(open('https://x.example').problemOf?.('other')).toContain('There are no components "other"');
  });

  it.each([
    { apiKey: '' },
    { pageId: '../x' },
    { components: { shop: ['no id'] } },
    { url: 'http://x.example' },
  ])('do not take %o', (changes) => expect(check(changes).success).toBe(false));
});

function fail(): never {
  throw new Error('it was not as expected');
}
