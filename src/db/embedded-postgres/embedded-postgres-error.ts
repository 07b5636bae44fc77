/** The embedded PostgreSQL can't be used; the message says why and what to do next, fit to be printed as it is. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}
