/** Something that only shows was not shown; nothing was changed. Its cause is what went wrong. */
export class FailedReadError extends Error {
  constructor(cause: unknown) {
    super('it could not be shown', { cause });
    this.name = 'FailedReadError';
  }
}

/** Runs what was asked for. If it only reads, a failure says so. */
export async function runMarked<Value>(
  { readsOnly }: { readsOnly?: true },
  run: () => Promise<Value>,
): Promise<Value> {
  if (!readsOnly) return run();
  try {
    return await run();
  } catch (error) {
    throw new FailedReadError(error);
  }
}
