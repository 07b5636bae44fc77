/**
 * Whether an error carries one of these codes: `ENOENT` and the like from the system, five characters from PostgreSQL.
 */
export function hasErrorCode(error: unknown, ...codes: string[]): error is Error & { code: string } {
  return isCoded(error) && codes.includes(error.code);
}

/** Whether an error carries any code. */
export function isCoded(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}
