import type pg from 'pg';

/**
 * Gives a role what the bot needs of the tables as they are, and takes away what it had besides: it reads and writes
 * rows, and only reads the audit trail, to which it appends by the owner's function.
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
    REVOKE INSERT, UPDATE, DELETE ON audit_events, audit_heads FROM ${bot};
    REVOKE EXECUTE ON FUNCTION append_audit_events(text[], text[]) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION append_audit_events(text[], text[]) TO ${bot};
    COMMIT`);
}
