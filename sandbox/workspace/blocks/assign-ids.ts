import { randomBytes } from 'node:crypto';
import type { JsonObject } from '../stored.ts';
import { elementsOf } from './validate-blocks.ts';

/** A copy of the blocks in which every block has a `block_id` and every interactive element an `action_id`. */
export function assignIds(blocks: JsonObject[]): JsonObject[] {
  return structuredClone(blocks).map((block) => {
    for (const element of elementsOf(block)) element.action_id ||= shortId();
    return { ...block, block_id: block.block_id || shortId() };
  });
}

function shortId(): string {
  return randomBytes(4).toString('base64url').slice(0, 5);
}
