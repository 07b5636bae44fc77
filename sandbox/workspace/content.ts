import { assignIds } from './blocks/assign-ids.ts';
import { validateMessageBlocks } from './blocks/validate-blocks.ts';
import type { Directory } from './directory.ts';
import { isObject, isTrue, parseJson } from './json.ts';
import { linkNames, normalizeMarkup } from './markup.ts';
import { notifiedBy } from './notifies.ts';
import { SlackRefusal } from './refusal.ts';
import type { JsonObject, MessageMetadata } from './stored.ts';

/** Above it Slack cuts a message's text. */
const TEXT_CUT = 40_000;
const MARKDOWN_LIMIT = 12_000;
/** Slack has a limit and does not say which; this is meant to be below it. */
const METADATA_LIMIT = 2_000;

export interface Content {
  text: string;
  blocks?: JsonObject[];
  notifies: string[];
}

/** Reads `text` and `blocks` of a message from the app. Throws a `SlackRefusal` as Slack would refuse. */
export function readContent(args: JsonObject, directory: Directory): Content {
  const blocks = readBlocks(args.blocks);
  if (args.attachments !== undefined) {
    throw SlackRefusal.explained('invalid_arguments', [
      '[ERROR] attachments are not supported here; use blocks',
    ]);
  }
  const text = readText(args, blocks !== undefined);
  if (text === '' && (blocks === undefined || blocks.length === 0)) throw new SlackRefusal('no_text');
  const linked = isTrue(args.link_names) || args.parse === 'full';
  const normalized = normalizeMarkup(text.slice(0, TEXT_CUT));
  const shown = linked ? linkNames(normalized, directory, false) : normalized;
  const withBlocks = blocks && blocks.length > 0 ? { blocks: assignIds(blocks) } : {};
  return {
    text: shown,
    ...withBlocks,
    notifies: notifiedBy({ text: shown, linkNames: linked, groups: directory.seed.groups, ...withBlocks }),
  };
}

/** Reads `metadata`: undefined when not given, null when it is to be taken away. */
export function readMetadata(value: unknown): MessageMetadata | null | undefined {
  if (value === undefined || value === '') return undefined;
  const parsed = typeof value === 'string' ? parseJson(value) : value;
  if (!isObject(parsed)) throw new SlackRefusal('invalid_metadata_format');
  if (Object.keys(parsed).length === 0) return null;
  const { event_type: type, event_payload: payload } = parsed;
  if (typeof type !== 'string' || type === '' || type.length > 255 || !isObject(payload)) {
    throw new SlackRefusal('invalid_metadata_schema');
  }
  if (JSON.stringify(parsed).length > METADATA_LIMIT) throw new SlackRefusal('metadata_too_large');
  return { event_type: type, event_payload: payload };
}

function readBlocks(value: unknown): JsonObject[] | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const parsed = typeof value === 'string' ? parseJson(value) : value;
  if (!Array.isArray(parsed)) throw new SlackRefusal('invalid_blocks_format');
  const verdict = validateMessageBlocks(parsed);
  if (!verdict.valid) throw SlackRefusal.explained(verdict.error, verdict.messages);
  return verdict.blocks;
}

function readText(args: JsonObject, hasBlocks: boolean): string {
  const { text, markdown_text: markdown } = args;
  if (text !== undefined && text !== null && typeof text !== 'string') {
    throw SlackRefusal.explained('invalid_arguments', ['[ERROR] must be a string [json-pointer:/text]']);
  }
  if (markdown === undefined) return text ?? '';
  if (text || hasBlocks) throw new SlackRefusal('markdown_text_conflict');
  if (typeof markdown !== 'string')
    throw SlackRefusal.explained('invalid_arguments', ['[ERROR] must be a string']);
  if (markdown.length > MARKDOWN_LIMIT) throw new SlackRefusal('msg_too_long');
  return markdown;
}
