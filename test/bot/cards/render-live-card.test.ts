import { expect, it } from 'vitest';
import { allLiveCards } from '../../../src/bot/cards/all-live-cards.generated.ts';
import { renderLiveCard } from '../../../src/bot/cards/render-live-card.ts';
import type { Queries } from '../../../src/db/transaction.ts';

it('has each kind of live card once', () => {
  const kinds = allLiveCards.map(({ name }) => name);
  expect(new Set(kinds).size).toBe(kinds.length);
  expect(kinds).toEqual(expect.arrayContaining(['ballot', 'home', 'poll', 'rollout']));
});

it('fails for a kind that there is not', async () => {
  const destination = { channel: 'slack', kind: 'channel' as const, id: 'C1' };
  const card = { kind: 'weather', subjectId: 's', destination };
  await expect(renderLiveCard({} as Queries, card, 0, () => true)).rejects.toThrow(
    'no live card of the kind "weather"',
  );
});
