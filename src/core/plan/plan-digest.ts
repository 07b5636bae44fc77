import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '../audit/canonical-json.ts';
import type { Plan } from './plan.ts';

/** The same for plans that say the same, in 64 characters. A form that is opened on a plan brings it back. */
export function planDigest(plan: Plan): string {
  return digestOf(plan);
}

/** The same for values that say the same, in 64 characters, whatever the order of their fields. */
export function digestOf(value: unknown): string {
  const json: Json = JSON.parse(JSON.stringify(value));
  return createHash('sha256').update(canonicalJson(json)).digest('hex');
}
