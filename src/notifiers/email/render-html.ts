import type { Block, Card, Inline } from '../../core/card/card.ts';
import { inlines } from '../../core/card/line.ts';
import { escapeHtml } from '../../lib/escape-html.ts';
import { openable, plainText, wordsOf } from './words.ts';

/** Programs that show mail know little of CSS, and nothing of what is loaded from elsewhere. */
const style = {
  body: 'margin:0;padding:24px 16px;font:16px/1.5 -apple-system,BlinkMacSystemFont,"Segoe UI",Helvetica,Arial,sans-serif;color:#1d1c1d;background:#ffffff',
  page: 'max-width:600px;margin:0 auto',
  header: 'font-size:22px;line-height:1.3;margin:0 0 16px',
  paragraph: 'margin:0 0 16px',
  note: 'margin:0 0 16px;font-size:13px;color:#595959',
  quote: 'margin:0 0 16px;padding:4px 12px;border-left:4px solid #c8c8c8',
  code: 'margin:0 0 16px;padding:12px;background:#f4f4f4;font:13px/1.4 Menlo,Consolas,monospace;white-space:pre-wrap;word-break:break-word',
  list: 'margin:0 0 16px;padding-left:24px',
  name: 'text-align:left;vertical-align:top;padding:2px 16px 2px 0;font-weight:600',
  value: 'vertical-align:top;padding:2px 0',
  link: 'color:#0b5cad',
  line: 'border:0;border-top:1px solid #d9d9d9;margin:24px 0',
};

/** What a card says, as an HTML page that loads nothing. `footer`: why the reader gets it, as lines. */
export function renderHtml(
  card: Card,
  { zone, footer }: { zone: string | undefined; footer: Inline[][] },
): string {
  const html = (content: readonly Inline[]) => content.map((part) => inlineHtml(part, zone)).join('');
  const shown = card.blocks.map((block) => blockHtml(block, html)).join('\n');
  const body = shown.trim() === '' ? tag('p', style.paragraph, html(inlines(card.summary))) : shown;
  const end = footer.map((line) => tag('p', style.note, html(line))).join('\n');
  const rest = end === '' ? '' : `<hr style="${style.line}">\n${end}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head>
<body style='${style.body}'><div style="${style.page}">
${body}
${rest}
</div></body></html>
`;
}

function tag(name: string, css: string, content: string): string {
  return `<${name} style="${css}">${content}</${name}>`;
}

function inlineHtml(part: Inline, zone: string | undefined): string {
  const words = lines(wordsOf(part, zone));
  if (part.type === 'link') {
    const url = openable(part.url);
    return url === null ? words : `<a href="${escapeHtml(url)}" style="${style.link}">${words}</a>`;
  }
  if (part.type === 'command') return `<code>${words}</code>`;
  if (part.type !== 'text') return words;
  const code = part.code ? `<code>${words}</code>` : words;
  const italic = part.italic ? `<em>${code}</em>` : code;
  return part.bold ? `<strong>${italic}</strong>` : italic;
}

function lines(text: string): string {
  return escapeHtml(text).replaceAll('\n', '<br>');
}

function blockHtml(block: Block, html: (content: readonly Inline[]) => string): string {
  switch (block.type) {
    case 'header':
      return tag('h1', style.header, lines(plainText(block.text)));
    case 'paragraph':
      return tag('p', style.paragraph, html(block.content));
    case 'note':
      return tag('p', style.note, html(block.content));
    case 'quote':
      return tag('blockquote', style.quote, html(block.content));
    case 'code':
      return tag('pre', style.code, escapeHtml(plainText(block.text)));
    case 'list': {
      const items = block.items.map((item) => `<li>${html(item)}</li>`).join('');
      return tag(block.ordered ? 'ol' : 'ul', style.list, items);
    }
    case 'fields': {
      const rows = block.fields.map(
        ({ name, content }) =>
          `<tr>${tag('th', style.name, lines(plainText(name)))}${tag('td', style.value, html(content))}</tr>`,
      );
      return tag('table', style.paragraph, rows.join(''));
    }
    case 'links': {
      const links = block.links.map(({ label, url }) => html([{ type: 'link', text: label, url }]));
      return links.length === 0 ? '' : tag('p', style.paragraph, links.join(' &middot; '));
    }
    case 'divider':
      return `<hr style="${style.line}">`;
    case 'actions':
      return '';
  }
}
