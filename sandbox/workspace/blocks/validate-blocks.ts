import { isObject, objectsOf } from '../json.ts';
import type { JsonObject } from '../stored.ts';
import { messageBlock, viewBlock } from './blocks.ts';
import { Findings, list } from './shape.ts';

/** Whole messages above so many characters of text are refused by Slack. */
const MESSAGE_TEXT_LIMIT = 13_200;
const MARKDOWN_LIMIT = 12_000;

export type BlocksVerdict =
  | { valid: true; blocks: JsonObject[] }
  | { valid: false; error: 'invalid_blocks' | 'msg_blocks_too_long'; messages: string[] };

/** Checks the blocks of a message as Slack does: every structure and every documented limit. */
export function validateMessageBlocks(value: unknown): BlocksVerdict {
  const findings = new Findings();
  list(messageBlock, { max: 50 })(value, '/blocks', findings);
  const blocks = objectsOf(value);
  checkDuplicates(blocks, '/blocks', findings);
  checkWholeMessage(blocks, findings);
  if (findings.messages.length > 0)
    return { valid: false, error: 'invalid_blocks', messages: findings.messages };
  if (textLength(blocks) > MESSAGE_TEXT_LIMIT) {
    return {
      valid: false,
      error: 'msg_blocks_too_long',
      messages: [`no more than ${MESSAGE_TEXT_LIMIT} characters`],
    };
  }
  return { valid: true, blocks };
}

/** Checks the blocks of a modal or a home, reporting under `/view/blocks`. */
export function checkViewBlocks(value: unknown, findings: Findings): void {
  list(viewBlock, { max: 100 })(value, '/view/blocks', findings);
  checkDuplicates(objectsOf(value), '/view/blocks', findings);
}

/** Every interactive element of a block with its place in it. */
export function elementsOf(block: JsonObject): JsonObject[] {
  const single = [block.accessory, block.element].filter(isObject);
  const several = ['actions', 'context_actions'].includes(String(block.type))
    ? objectsOf(block.elements)
    : [];
  return [...single, ...several].filter((element) => element.type !== 'image');
}

function checkDuplicates(blocks: JsonObject[], at: string, findings: Findings): void {
  const blockIds = new Set<unknown>();
  let focused = 0;
  for (const [index, block] of blocks.entries()) {
    if (block.block_id && blockIds.has(block.block_id)) {
      findings.add(`block_id "${String(block.block_id)}" already exists`, `${at}/${index}/block_id`);
    }
    blockIds.add(block.block_id);
    const actionIds = elementsOf(block)
      .map((element) => element.action_id)
      .filter(Boolean);
    if (new Set(actionIds).size < actionIds.length)
      findings.add('action_id already exists', `${at}/${index}`);
    focused += elementsOf(block).filter((element) => element.focus_on_load === true).length;
  }
  if (focused > 1) findings.add('only one element can have focus_on_load', at);
}

function checkWholeMessage(blocks: JsonObject[], findings: Findings): void {
  if (blocks.filter((block) => block.type === 'table').length > 1)
    findings.add('only_one_table_allowed', '/blocks');
  const markdown = blocks
    .filter((block) => block.type === 'markdown')
    .map((block) => String(block.text).length);
  if (markdown.reduce((sum, length) => sum + length, 0) > MARKDOWN_LIMIT) {
    findings.add(`markdown must be less than ${MARKDOWN_LIMIT + 1} characters altogether`, '/blocks');
  }
}

/** Characters of every `text` that the blocks show. */
function textLength(node: unknown): number {
  if (Array.isArray(node)) return node.reduce<number>((sum, item) => sum + textLength(item), 0);
  if (!isObject(node)) return 0;
  return Object.entries(node).reduce(
    (sum, [name, value]) =>
      sum + (name === 'text' && typeof value === 'string' ? value.length : textLength(value)),
    0,
  );
}
