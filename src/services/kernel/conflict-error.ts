/** A row was not in the state that the decision was made on; nothing was changed. */
export class ConflictError extends Error {
  override name = 'ConflictError';
}
