import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '../audit/canonical-json.ts';
import type { Card } from '../card/card.ts';
import { cardOfEdited, type EditedText } from './edited-text.ts';

/** What somebody approves of: what goes out, where and when. */
export interface Proposal {
  /** The message as its template makes it of what is known; null while nothing would go out. */
  usual: Card | null;
  /** Why nothing would go out as things stand; null when something would. */
  blocked: string | null;
  /** What its owner has written in place of the template's text; null: nothing. */
  edited: EditedText | null;
  /** Where it goes, as the plan writes it. */
  addresses: readonly string[];
  /** Epoch ms; null for what waits for an event. */
  dueAt: number | null;
}

/** The message that would go out; null while none would. */
export function messageOf({ usual, edited }: Proposal): Card | null {
  if (usual === null) return null;
  return edited === null ? usual : cardOfEdited(edited);
}

/**
 * The same for proposals of which an approval holds, in 64 characters. The template's own text counts beside an edited
 * one: what it is made of are the facts that the edited text was written for.
 */
export function fingerprintOf({ usual, edited, addresses, dueAt }: Proposal): string {
  return hash({ usual, edited, addresses, dueAt });
}

/** The SHA-256 of a message's canonical JSON, in hexadecimal: the wording that the audit trail names. */
export function wordingHash(message: Card): string {
  return hash(message);
}

function hash(value: unknown): string {
  const json: Json = JSON.parse(JSON.stringify(value));
  return createHash('sha256').update(canonicalJson(json)).digest('hex');
}
