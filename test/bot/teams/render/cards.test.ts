import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { validateCard } from '../../../../sandbox/teams/cards/validate-card.ts';
import { abstainForm } from '../../../../src/bot/interactions/forms/abstain.ts';
import { noGoForm } from '../../../../src/bot/interactions/forms/no-go.ts';
import { renderForm } from '../../../../src/bot/teams/render/form.ts';
import { renderMessage } from '../../../../src/bot/teams/render/message.ts';
import { bold, type Card, mention, paragraph, text } from '../../../../src/core/card/card.ts';
import type { Form } from '../../../../src/core/card/form.ts';
import { formCard } from '../../../../src/core/card/form-card.ts';
import { hostile } from '../../../app/hostile-texts.ts';

const neutral = path.join('test', 'bot', 'cards', 'golden');
const names = readdirSync(neutral).map((file) => file.replace('.golden.json', ''));
const contentOf = (card: Card) => renderMessage(card).attachments?.[0]?.content as { body: object[] };
const rita = { name: 'Rita Moreno', identities: [{ platform: 'teams', id: 'a-rita' }] };

describe('every card', () => {
  it.each(names)('%s', async (name) => {
    const card = JSON.parse(readFileSync(path.join(neutral, `${name}.golden.json`), 'utf8')) as Card;
    const message = renderMessage(card);
    expect(validateCard(contentOf(card))).toEqual([]);
    expect(JSON.stringify(message)).not.toContain('Shortened');
    await expect(`${JSON.stringify(message, null, 2)}\n`).toMatchFileSnapshot(`./golden/${name}.golden.json`);
  });
});

/** One card with the text wherever a text can be; a mention and a time make some lines Markdown. */
function everywhere(value: string): Card {
  const time = {
    type: 'time' as const,
    instant: '2027-03-01T08:00:00.000Z',
    fallback: 'then',
    style: 'absolute' as const,
  };
  return {
    summary: value,
    blocks: [
      { type: 'header', text: value },
      paragraph(text(value), bold(value), { type: 'text', text: value, italic: true, code: true }),
      paragraph(text(value), mention(rita), time, bold(value)),
      { type: 'list', ordered: true, items: [[text(value)], [time, text(value)]] },
      { type: 'quote', content: [text(value)] },
      { type: 'code', text: value },
      { type: 'note', content: [time, text(value)] },
      { type: 'fields', fields: [{ name: value, content: [text(value), mention(rita)] }] },
      { type: 'links', links: [{ label: value, url: 'https://example.com/a(b)' }] },
      paragraph({ type: 'link', url: 'https://example.com/a(b)', text: value }),
      {
        type: 'actions',
        buttons: [
          {
            action: 'vote-go',
            label: value,
            value: '1',
            confirm: { title: value, text: value, confirm: value, deny: value },
          },
        ],
      },
    ],
  };
}

describe('hostile text', () => {
  // What is cut is looked at below.
  const { endless: _cut, ...whole } = hostile;
  const teams = {
    ...whole,
    functions: '{{DATE(2027-03-01T08:00:00Z,SHORT)}} {{TIME(2027-03-01T08:00:00Z)}} {{{DATE(x)}}',
    at: '<at>Rita Moreno</at> <AT>Rita Moreno</AT> </at>',
    markdown:
      '[bank](https://evil.example) **bold** _it_ ![x](https://evil.example) # h\n- a\n1. b https://evil.example',
  };
  it.each(Object.entries(teams))('%s stays literal in every place', (_, value) => {
    const card = everywhere(value);
    const content = contentOf(card);
    expect(validateCard(content)).toEqual([]);
    const shown = JSON.stringify(content);
    // What tminus itself wrote: a mention in two lines, and the time in three.
    expect(shown.match(/<at>/gi)?.length ?? 0).toBeLessThanOrEqual(4);
    expect(new Set(shown.match(/\{\{[^}]*\}\}/g))).toEqual(
      new Set(['{{DATE(2027-03-01T08:00:00Z,SHORT)}}', '{{TIME(2027-03-01T08:00:00Z)}}']),
    );
    for (const written of textBlocks(content)) {
      // Of links only ours is one, and nothing of theirs is one by itself.
      expect(written).not.toMatch(/(?<!\\)\]\((?!https:\/\/example\.com\/)/);
      expect(written.replace(/\]\(https:\/\/example\.com[^)]*\)/g, '')).not.toMatch(/https?:\/\//);
    }
  });

  it('is cut with a mark when it is far too long, and its buttons stay', () => {
    const card = everywhere('endless '.repeat(5_000));
    const shown = JSON.stringify(renderMessage(card));
    expect(shown.length * 2).toBeLessThan(80 * 1024);
    expect(shown).toContain('Shortened');
    expect(shown).toContain('vote-go');
  });
});

/** The texts that Teams reads as Markdown. */
function textBlocks(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(textBlocks);
  if (typeof node !== 'object' || node === null) return [];
  const { type, text: written, value, title } = node as Record<string, unknown>;
  const own = type === 'TextBlock' && typeof written === 'string' ? [written] : [];
  const fact = type === undefined && typeof title === 'string' && typeof value === 'string' ? [value] : [];
  return [...own, ...fact, ...Object.values(node).flatMap(textBlocks)];
}

describe('what is said of a card', () => {
  it('mentions people of one name apart, and nobody who has no account', () => {
    const other = { name: 'Rita Moreno', identities: [{ platform: 'teams', id: 'b-rita' }] };
    const slackOnly = { name: 'Sam', identities: [{ platform: 'slack', id: 'U1' }] };
    const content = contentOf({
      summary: 'Hello',
      blocks: [paragraph(mention(rita), mention(other), mention(rita), mention(slackOnly))],
    }) as { msteams?: { entities?: { mentioned: { id: string } }[] } };
    expect(content.msteams?.entities?.map(({ mentioned }) => mentioned.id)).toEqual(['a-rita', 'b-rita']);
    expect(validateCard(content)).toEqual([]);
  });

  it('asks a reader again for what is theirs, for sixty of them at most', () => {
    const readers = Array.from({ length: 61 }, (_, index) => `29:${index}`);
    const card: Card = { summary: 'Hello', blocks: [] };
    const content = renderMessage(card, { readers }).attachments?.[0]?.content;
    expect(validateCard(content)).toEqual([]);
    expect(content.refresh.userIds).toHaveLength(60);
  });

  it('opens a dialog by a plain submission, and acts by a call with a fallback', () => {
    const buttons = ['vote-go', 'vote-no-go'].map((action) => ({ action, label: action, value: '{}' }));
    const shown = JSON.stringify(contentOf({ summary: 'Vote', blocks: [{ type: 'actions', buttons }] }));
    expect(shown).toMatch(/"type":"Action.Execute","title":"vote-go".*"fallback":\{"type":"Action.Submit"/);
    expect(shown).toMatch(/"type":"Action.Submit","title":"vote-no-go".*"task\/fetch"/);
  });

  it('has a red button where a form takes something away, and one to go on elsewhere', () => {
    const styleOf = (form: Form) => {
      const body = renderForm(form, { people: [], place: 'dialog' }).body as { actions?: object[] }[];
      return body.at(-1)?.actions?.[0];
    };
    const noGo = noGoForm({ pollId: 'poll-1', round: 1 });
    expect(styleOf(noGo)).toMatchObject({ title: 'Vote no-go', style: 'destructive' });
    expect(styleOf(abstainForm({ pollId: 'poll-1', round: 1 }))).toMatchObject({ style: 'positive' });
  });

  it('brings a form back whole, with what was filled in and what is wrong', () => {
    const form = noGoForm({ pollId: 'poll-1', round: 1 });
    const again = renderForm(form, {
      people: [],
      place: 'dialog',
      values: { reason: 'No.' },
      errors: { reason: 'Too short.' },
    });
    expect(validateCard(again)).toEqual([]);
    expect(JSON.stringify(again)).toContain('Too short.');
    expect(JSON.stringify(again)).toContain('"value":"No."');
    expect(validateCard(renderMessage(formCard(form)).attachments?.[0]?.content)).toEqual([]);
  });
});
