import { type Block, type Card, fieldLine, type Inline, linkRow } from '../../core/card/card.ts';
import { commandWords, inlineWords, type SpellCommand } from '../../core/card/line.ts';
import { escapeHtml } from '../../lib/escape-html.ts';

/** A card as HTML. Whatever a plan or a template says is literal; its headline is a heading of the fourth level. `spell`: how commands are typed. */
export function cardHtml({ blocks }: Card, spell: SpellCommand = withSlash): string {
  const line = (content: readonly Inline[]) => content.map((inline) => inlineHtml(inline, spell)).join('');
  return blocks.map((block) => blockHtml(block, line)).join('\n');
}

const withSlash: SpellCommand = (command) => `/${commandWords(command)}`;

function blockHtml(block: Block, line: (content: readonly Inline[]) => string): string {
  switch (block.type) {
    case 'header':
      return `<h4>${escapeHtml(block.text)}</h4>`;
    case 'code':
      return `<pre>${escapeHtml(block.text)}</pre>`;
    case 'paragraph':
      return `<p>${line(block.content)}</p>`;
    case 'note':
      return `<p class="note">${line(block.content)}</p>`;
    case 'quote':
      return `<blockquote><p>${line(block.content)}</p></blockquote>`;
    case 'list': {
      const tag = block.ordered ? 'ol' : 'ul';
      return `<${tag}>${block.items.map((item) => `<li>${line(item)}</li>`).join('')}</${tag}>`;
    }
    case 'fields':
      return `<p>${block.fields.map((field) => line(fieldLine(field))).join('<br>')}</p>`;
    case 'links':
      return `<p>${line(linkRow(block.links))}</p>`;
    case 'divider':
      return '<hr>';
    case 'actions':
      return `<p>${block.buttons.map(({ label }) => `<span class="button">${escapeHtml(label)}</span>`).join(' ')}</p>`;
  }
}

function inlineHtml(inline: Inline, spell: SpellCommand): string {
  const words = escapeHtml(inlineWords(inline, spell)).replaceAll('\n', '<br>');
  switch (inline.type) {
    case 'text':
      return styled(words, inline);
    case 'time':
      return `<time datetime="${escapeHtml(inline.instant)}">${words}</time>`;
    case 'link':
      return /^https:/.test(inline.url) ? `<a href="${escapeHtml(inline.url)}">${words}</a>` : words;
    case 'command':
      return `<code>${words}</code>`;
    case 'person':
      return inline.mention ? `<strong class="mention">@${words}</strong>` : words;
    case 'place':
    case 'bar':
      return words;
  }
}

function styled(words: string, { bold, italic, code }: Extract<Inline, { type: 'text' }>): string {
  const tags = [...(code ? ['code'] : []), ...(italic ? ['em'] : []), ...(bold ? ['strong'] : [])];
  return tags.reduce((inner, tag) => `<${tag}>${inner}</${tag}>`, words);
}
