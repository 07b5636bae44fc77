import { createHash } from 'node:crypto';
import { canonicalJson } from '../audit/canonical-json.ts';
import type { Plan } from '../plan/plan.ts';

/** The same for plans of which the same notes are true: what the release is, and what it contains. SHA-256, hex. */
export function notesScopeDigest({ product, version, type, scope }: Plan): string {
  return createHash('sha256').update(canonicalJson({ product, version, type, scope })).digest('hex');
}
