import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, it } from 'vitest';
import { type Block, paragraph, text } from '../../../src/core/card/card.ts';
import { cardMarkdown } from '../../../src/core/card/markdown.ts';

const markdownOf = (...blocks: Block[]) => cardMarkdown({ summary: '', blocks });

interface Node {
  type: string;
  value?: string;
  children?: Node[];
}

/** What a reader sees, and the kinds of nodes that there are. */
function read(markdown: string): { words: string; types: Set<string> } {
  const types = new Set<string>();
  const words = (node: Node): string => {
    types.add(node.type);
    if (node.type === 'break') return '\n';
    return node.value ?? (node.children ?? []).map(words).join('');
  };
  return { words: words(fromMarkdown(markdown) as Node), types };
}

describe('a card in Markdown', () => {
  it('has its structure', () => {
    const markdown = markdownOf(
      { type: 'header', text: 'Web shop 2' },
      paragraph(
        { type: 'text', text: ' bold ', bold: true },
        { type: 'link', text: 'page', url: 'https://a.example/(x)' },
      ),
      { type: 'list', ordered: true, items: [[text('one')], [text('two')]] },
      { type: 'quote', content: [text('a\nb')] },
      { type: 'code', text: '<b>' },
      { type: 'actions', buttons: [] },
    );
    expect(markdown).toBe(
      '## Web shop 2\n\n **bold** [page](<https://a.example/(x)>)\n\n1. one\n2. two\n\n> a\\\n> b\n\n    <b>',
    );
  });

  it('says what people wrote, and nothing of it is markup', () => {
    const line = fc
      .string({ unit: fc.constantFrom(...'ab1 *_`#<>[]()!\\|~-+.:@&;{}="/'), minLength: 1, maxLength: 40 })
      .map((words) => words.trim().replace(/ +/g, ' '))
      .filter((words) => words !== '');
    fc.assert(
      fc.property(line, (words) => {
        const { words: seen, types } = read(markdownOf(paragraph(words)));
        expect(seen).toBe(words);
        expect([...types].filter((type) => !['root', 'paragraph', 'text'].includes(type))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
