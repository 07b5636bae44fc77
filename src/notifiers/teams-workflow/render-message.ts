import { type Block, type Card, fieldLine, type Inline, text } from '../../core/card/card.ts';
import { inlines } from '../../core/card/line.ts';
import { type Element, renderLine } from './render-line.ts';

/** Microsoft's connector takes about 28 KB (learn.microsoft.com/connectors/teams); this stays below. Bytes. */
export const maxBytes = 26_000;

/** What a workflow with the trigger "When a Teams webhook request is received" takes. */
export interface WorkflowMessage {
  type: 'message';
  attachments: [
    { contentType: 'application/vnd.microsoft.card.adaptive'; contentUrl: null; content: object },
  ];
}

/** A card as one message within the limit; what doesn't fit is left out, with a mark. Buttons are: nothing answers them. */
export function renderMessage(card: Card): WorkflowMessage {
  const rendered = card.blocks.flatMap(renderBlock);
  const body = rendered.length > 0 ? rendered : lines([inlines(card.summary)]);
  return message(withinLimit(body));
}

function message(body: readonly Element[]): WorkflowMessage {
  const content = {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.4',
    body,
    msteams: { width: 'Full' },
  };
  const contentType = 'application/vnd.microsoft.card.adaptive';
  return { type: 'message', attachments: [{ contentType, contentUrl: null, content }] };
}

const mark: Element = { type: 'TextBlock', text: '… Shortened: the rest does not fit here.', isSubtle: true };

function withinLimit(body: readonly Element[]): readonly Element[] {
  const size = (shown: readonly Element[]) => Buffer.byteLength(JSON.stringify(message(shown)));
  if (size(body) <= maxBytes) return body;
  let shown = body;
  while (shown.length > 0 && size([...shown, mark]) > maxBytes) shown = shown.slice(0, -1);
  return [...shown, mark];
}

function renderBlock(block: Block): Element[] {
  switch (block.type) {
    case 'header':
      return lines([[text(block.text)]], { size: 'Large', weight: 'Bolder' });
    case 'paragraph':
      return lines([block.content]);
    case 'note':
      return lines([block.content], { isSubtle: true, size: 'Small' });
    case 'quote':
      return boxed(lines([block.content]));
    case 'code':
      return boxed(lines([[{ type: 'text', text: block.text, code: true }]]));
    case 'list':
      return lines(
        block.items.map((item, index) => [text(block.ordered ? `${index + 1}. ` : '• '), ...item]),
      );
    case 'fields':
      return lines(block.fields.map(fieldLine));
    case 'links':
      return block.links.length === 0 ? [] : [{ type: 'ActionSet', actions: block.links.map(openUrl) }];
    case 'divider':
    case 'actions':
      return [];
  }
}

function openUrl({ label, url }: { label: string; url: string }): Element {
  return { type: 'Action.OpenUrl', title: label, url };
}

function boxed(items: Element[]): Element[] {
  return items.length === 0 ? [] : [{ type: 'Container', style: 'emphasis', items }];
}

function lines(contents: readonly (readonly Inline[])[], style: object = {}): Element[] {
  return contents.flatMap((content) => renderLine(content, style) ?? []);
}
