/**
 * Slack's limits for blocks, written from its documentation and independently of the renderer. Returns what is
 * wrong, in words; an empty list is a valid message or view.
 */

type Json = Record<string, unknown>;

const blockTypes = ['header', 'rich_text', 'context', 'divider', 'actions', 'input', 'section'];
const inlineTypes = ['text', 'link', 'user', 'channel', 'date'];

export function checkMessage(message: { text: string; blocks: unknown[] }): string[] {
  const problems: string[] = [];
  if (message.text.length < 1 || message.text.length > 3000) problems.push(`text has ${message.text.length}`);
  if (/[<>]/.test(message.text)) problems.push('text has markup');
  if (JSON.stringify(message.blocks).length > 13_200) problems.push('blocks are too long');
  return [...problems, ...checkBlocks(message.blocks, 50)];
}

export function checkView(view: { blocks: unknown[] }): string[] {
  const problems: string[] = [];
  if (Buffer.byteLength(JSON.stringify(view)) > 250_000) problems.push('view is too large');
  return [...problems, ...checkBlocks(view.blocks, 100)];
}

function checkBlocks(blocks: unknown[], most: number): string[] {
  const problems: string[] = [];
  if (blocks.length < 1 || blocks.length > most) problems.push(`${blocks.length} blocks`);
  const ids = blocks.map((block) => (block as Json).block_id);
  if (new Set(ids).size !== ids.length) problems.push('block_id twice');
  for (const block of blocks) problems.push(...checkBlock(block as Json));
  return problems;
}

function checkBlock(block: Json): string[] {
  const problems: string[] = [];
  if (!blockTypes.includes(String(block.type))) problems.push(`block type ${block.type}`);
  if (typeof block.block_id !== 'string' || block.block_id.length > 255) problems.push('block_id');
  if (block.type === 'header') problems.push(...plain(block.text, 150, 'header'));
  if (block.type === 'context') problems.push(...checkContext(block.elements as Json[]));
  if (block.type === 'actions') problems.push(...checkActions(block.elements as Json[]));
  if (block.type === 'rich_text') problems.push(...(block.elements as Json[]).flatMap(checkRichText));
  if (block.type === 'rich_text' && (block.elements as Json[]).length === 0) problems.push('empty rich text');
  return [...problems, ...strings(block).flatMap(checkString)];
}

function checkContext(elements: Json[]): string[] {
  const problems = elements.length < 1 || elements.length > 10 ? [`${elements.length} context elements`] : [];
  for (const element of elements) {
    if (element.type === 'plain_text') problems.push(...plain(element, 3000, 'context'));
    else if (element.type !== 'mrkdwn' || element.verbatim !== true)
      problems.push('context element may be parsed');
    else if (
      !/^<([@#][A-Z0-9]+|!date\^\d+\^[^|<>]*\|[^<>]*|https?:[^|<>]+\|[^<>]*)>$/.test(String(element.text))
    )
      problems.push(`mrkdwn with foreign text: ${element.text}`);
  }
  return problems;
}

function checkActions(elements: Json[]): string[] {
  const problems = elements.length < 1 || elements.length > 25 ? [`${elements.length} buttons`] : [];
  const ids = elements.map((element) => element.action_id);
  if (new Set(ids).size !== ids.length) problems.push('action_id twice');
  for (const { action_id: id, text, value, style, confirm } of elements) {
    problems.push(...plain(text, 75, 'button'));
    if (confirm !== undefined) problems.push(...checkConfirm(confirm as Json));
    if (typeof id !== 'string' || id.length < 1 || id.length > 255) problems.push('action_id');
    if (value !== undefined && (typeof value !== 'string' || value.length > 2000 || value === ''))
      problems.push('value');
    if (style !== undefined && style !== 'primary' && style !== 'danger') problems.push('style');
  }
  return problems;
}

function checkConfirm({ title, text, confirm, deny }: Json): string[] {
  return [
    ...plain(title, 100, 'confirm title'),
    ...plain(text, 300, 'confirm text'),
    ...plain(confirm, 30, 'confirm'),
    ...plain(deny, 30, 'deny'),
  ];
}

function checkRichText(part: Json): string[] {
  const elements = part.elements as Json[];
  if (elements.length === 0) return ['empty rich text element'];
  if (part.type === 'rich_text_list') return elements.flatMap(checkRichText);
  if (part.type === 'rich_text_preformatted' && elements.some((element) => element.type !== 'text'))
    return ['code'];
  return elements.flatMap(checkInline);
}

function checkInline(element: Json): string[] {
  const problems = inlineTypes.includes(String(element.type)) ? [] : [`inline ${element.type}`];
  if (element.type === 'text' && (element.text === '' || String(element.text).length > 3100))
    problems.push('text length');
  if (element.type === 'link' && !/^https?:\/\/.{1,2990}$/.test(String(element.url))) problems.push('url');
  if (element.type === 'user' && !/^[UW][A-Z0-9]+$/.test(String(element.user_id))) problems.push('user id');
  if (element.type === 'channel' && !/^[CG][A-Z0-9]+$/.test(String(element.channel_id)))
    problems.push('channel id');
  if (element.type === 'date' && !(Number(element.timestamp) >= 0 && Number(element.timestamp) < 1e10))
    problems.push('date');
  return problems;
}

function plain(value: unknown, max: number, where: string): string[] {
  const { type, text, emoji } = value as Json;
  if (type !== 'plain_text' || emoji !== false || typeof text !== 'string')
    return [`${where} is not literal`];
  return text.trim() === '' || text.length > max ? [`${where} has ${text.length}`] : [];
}

function checkString(text: string): string[] {
  const problems: string[] = [];
  if (/\p{Surrogate}/u.test(text)) problems.push('unpaired surrogate');
  if (/[\u202a-\u202e]/.test(text)) problems.push('direction override');
  if ((text.match(/\u2068/g) ?? []).length !== (text.match(/\u2069/g) ?? []).length)
    problems.push('open isolate');
  return problems;
}

/** Every string in `text`, wherever it stands. Values and URLs are opaque. */
function strings(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(strings);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    typeof value === 'string' ? (key === 'text' || key === 'fallback' ? [value] : []) : strings(value),
  );
}

/** All visible text of blocks, for asserting that nothing was lost. */
export function visibleText(blocks: unknown): string {
  return strings(blocks).join('');
}
