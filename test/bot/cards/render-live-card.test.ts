import { existsSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { allLiveCards } from '../../../src/bot/cards/all-live-cards.generated.ts';
import { renderLiveCard } from '../../../src/bot/cards/render-live-card.ts';
import type { Queries } from '../../../src/db/transaction.ts';

it('has a kind of live card for each folder with an index, by its name', () => {
  const folder = 'src/bot/cards';
  const kinds = readdirSync(folder).filter((name) => existsSync(`${folder}/${name}/index.ts`));
  expect(allLiveCards.map(({ name }) => name).sort()).toEqual(kinds.sort());
});

it('fails for a kind that there is not', async () => {
  const destination = { channel: 'slack', kind: 'channel' as const, id: 'C1' };
  const card = { kind: 'weather', subjectId: 's', destination };
  await expect(
    renderLiveCard({} as Queries, card, 0, {
      hasDriver: () => true,
      freezes: [],
      isCreator: async () => false,
    }),
  ).rejects.toThrow('no live card of the kind "weather"');
});
