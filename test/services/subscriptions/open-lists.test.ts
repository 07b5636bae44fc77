import { describe, expect, it } from 'vitest';
import { fileConfigSchema } from '../../../src/config/config.ts';
import { createServices } from '../../../src/create-services.ts';
import { createMemoryMail, links } from '../../support/memory-mail.ts';
import { openWorld } from '../../support/test-services.ts';

async function opened(subscriptions: object) {
  const world = await openWorld();
  const { db, clock, log, templates, notifier, directories } = world.services;
  const channels = new Map([...world.services.channels, ['email', createMemoryMail({ customers: [] })]]);
  const none = { drivers: new Map(), metrics: new Map() };
  const config = fileConfigSchema.parse({ subscriptions });
  try {
    return createServices({ config, db, clock, log, templates, notifier, directories, channels, ...none })
      .subscriptions;
  } finally {
    await world.close();
  }
}

describe('the lists that an operator opens', () => {
  it('are those of a notifier', async () => {
    expect(await opened({ lists: ['email:customers'], ...links })).toEqual({
      audiences: [],
      lists: ['email:customers'],
      links,
    });
  });

  it.each(['email:nobody', 'slack:customers', 'other:customers'])(
    'or tminus does not start: %s',
    async (list) => {
      await expect(opened({ lists: [list], ...links })).rejects.toThrow(
        `tminus.yaml: subscriptions.lists: there is no list "${list}" under notifiers.`,
      );
    },
  );

  it.each([
    { lists: ['customers'], ...links },
    { lists: ['email:customers'] },
    { publicUrl: links.publicUrl },
    { secret: links.secret },
    { ...links, secret: 'short' },
    { ...links, publicUrl: 'releases.example' },
    { audiences: ['everybody'] },
  ])('are not read from %o', (subscriptions) => {
    expect(fileConfigSchema.safeParse({ subscriptions }).success).toBe(false);
  });
});
