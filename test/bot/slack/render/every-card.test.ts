import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { renderHome } from '../../../../src/bot/slack/render/home.ts';
import { renderMessage } from '../../../../src/bot/slack/render/message.ts';
import type { Card } from '../../../../src/core/card/card.ts';
import { checkMessage, checkView } from './check-limits.ts';

const neutral = path.join('test', 'bot', 'cards', 'golden');
const names = readdirSync(neutral).map((file) => file.replace('.golden.json', ''));

it.each(names)('shows the card %s whole, as its golden file says', async (name) => {
  const card = JSON.parse(readFileSync(path.join(neutral, `${name}.golden.json`), 'utf8')) as Card;
  const isHome = name.startsWith('home-');
  const shown = isHome ? renderHome(card) : renderMessage(card);
  expect(isHome ? checkView(renderHome(card)) : checkMessage(renderMessage(card))).toEqual([]);
  const json = `${JSON.stringify(shown, null, 2)}\n`;
  expect(json).not.toContain('Shortened');
  await expect(json).toMatchFileSnapshot(`./golden/every-card/${name}.golden.json`);
});
