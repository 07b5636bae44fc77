/** Something wrong in a text, at a place of it. */
export interface TextFault {
  /** In UTF-16 units. */
  offset: number;
  /** Continues the path: `is HTML or XML`. */
  message: string;
  /** Continues "expected". */
  expected: string;
}
