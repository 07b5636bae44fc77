import * as z from 'zod';
import { DURATION_PATTERN } from '../calendar/duration-patterns.ts';

/** Elapsed time in ISO 8601. */
export const durationSchema = z
  .string()
  .regex(DURATION_PATTERN, { abort: true })
  .describe('a duration such as PT30M, PT24H or P1D');
