import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '../audit/canonical-json.ts';
import type { Plan } from './plan.ts';

/** The same for plans that say the same, in 64 characters. A form that is opened on a plan brings it back. */
export function planDigest(plan: Plan): string {
  const json: Json = JSON.parse(JSON.stringify(plan));
  return createHash('sha256').update(canonicalJson(json)).digest('hex');
}
