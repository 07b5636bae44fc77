import { describe, expect, it } from 'vitest';
import { fileConfigSchema } from '../../../src/config/config.ts';
import { createServices } from '../../../src/create-services.ts';
import { createMemoryMail, links } from '../../support/memory-mail.ts';
import { openWorld } from '../../support/test-services.ts';

const { publicUrl, secret } = links;

async function opened(subscriptions: object, http: object = { publicUrl }) {
  const world = await openWorld();
  const { db, trailKeys, clock, log, templates, notifier, directories } = world.services;
  const channels = new Map([...world.services.channels, ['email', createMemoryMail({ customers: [] })]]);
  const none = { publicUrl: () => null, drivers: new Map(), metrics: new Map() };
  const config = fileConfigSchema.parse({ subscriptions, http });
  try {
    return createServices({
      config,
      db,
      trailKeys,
      clock,
      log,
      templates,
      notifier,
      directories,
      channels,
      ...none,
    }).subscriptions;
  } finally {
    await world.close();
  }
}

describe('the lists that an operator opens', () => {
  it('are those of a notifier', async () => {
    expect(await opened({ lists: ['email:customers'], secret })).toEqual({
      audiences: [],
      lists: ['email:customers'],
      links,
    });
  });

  it.each(['email:nobody', 'slack:customers', 'other:customers'])(
    'or tminus does not start: %s',
    async (list) => {
      await expect(opened({ lists: [list], secret })).rejects.toThrow(
        `tminus.yaml: subscriptions.lists: there is no list "${list}" under notifiers.`,
      );
    },
  );

  it('need an address for their links', async () => {
    await expect(opened({ secret }, {})).rejects.toThrow('its links need http.publicUrl');
  });

  it.each([
    { lists: ['customers'], secret },
    { lists: ['email:customers'] },
    { secret: 'short' },
    { audiences: ['everybody'] },
  ])('are not read from %o', (subscriptions) => {
    expect(fileConfigSchema.safeParse({ subscriptions }).success).toBe(false);
  });
});
