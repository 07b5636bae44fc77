import { expect, it } from 'vitest';
import { commandTyped, nameCommands } from '../../../../src/bot/slack/render/command-names.ts';
import { renderMessage } from '../../../../src/bot/slack/render/message.ts';
import { command, paragraph } from '../../../../src/core/card/card.ts';
import { line } from '../../../../src/core/card/line.ts';

const names = { release: 'tm-release', promote: 'release' };

it('spells every command as it is typed in this workspace, and nothing else', () => {
  const card = {
    summary: line`Ask with ${command('release', 'help')}.`,
    blocks: [paragraph(line`/release is ${command('promote', 'web-2.4.0')} or ${command('rollback')}`)],
  };
  const { text, blocks } = renderMessage(nameCommands(card, names));
  expect(text).toContain('/tm-release help');
  const words = JSON.stringify(blocks);
  expect(words).toContain('"/release is "');
  expect(words).toContain('"/release web-2.4.0"');
  expect(words).toContain('"/rollback"');
});

it('knows which command is meant by what was typed', () => {
  const typed = ['/tm-release', '/release', '/rollback', '/unknown'];
  expect(typed.map((each) => commandTyped(each, names))).toEqual([
    'release',
    'promote',
    'rollback',
    'unknown',
  ]);
  expect(commandTyped('/release', {})).toBe('release');
});
