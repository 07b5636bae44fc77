/** Whether an error carries this code: `ENOENT` and the like from the system, five characters from PostgreSQL. */
export function hasErrorCode(error: unknown, ...codes: string[]): boolean {
  return (
    error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code)
  );
}
