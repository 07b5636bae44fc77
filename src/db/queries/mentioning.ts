import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Redaction } from '../../core/audit/redaction.ts';

/** Rows, or texts, in which one of the texts of a redaction may stand; each is looked at more closely afterwards. */
export function mentions(where: PgTable | PgColumn, { parts, wholes }: Redaction): SQL {
  const patterns = [...parts.keys(), ...wholes.keys()].map(
    (text) => `%${escapeLike(longestPlainPart(text))}%`,
  );
  return sql`${where}::text ilike any(${sql.param(patterns)}::text[])`;
}

/** What stands in a text in the same way when it is within JSON, within a row. */
function longestPlainPart(text: string): string {
  const pieces = text.trim().split(/["'\\()\s]+/);
  return pieces.reduce((longest, piece) => (piece.length > longest.length ? piece : longest), '');
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
