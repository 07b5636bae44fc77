import type pg from 'pg';

const appendingFunctions = [
  'append_audit_events(text[], text[], text[])',
  'append_audit_checkpoint(bigint, text, text, text, text[], bigint[])',
  'redact_audit_events(text[], bigint[], text[], text[])',
].join(', ');

/**
 * Gives a role what the bot needs of the tables as they are, and takes away what it had besides: it reads and writes
 * rows, and only reads the audit trail, to which it appends by the owner's functions.
 */
export async function grantToBot(client: pg.Client, role: string): Promise<void> {
  const bot = client.escapeIdentifier(role);
  await client.query(`
    BEGIN;
    REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${bot};
    GRANT USAGE ON SCHEMA public, drizzle TO ${bot};
    GRANT SELECT ON drizzle.__drizzle_migrations TO ${bot};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${bot};
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ${bot};
    REVOKE INSERT, UPDATE, DELETE ON audit_events, audit_heads, audit_checkpoints FROM ${bot};
    REVOKE EXECUTE ON FUNCTION ${appendingFunctions} FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION ${appendingFunctions} TO ${bot};
    COMMIT`);
}
