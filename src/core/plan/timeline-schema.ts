import * as z from 'zod';
import { PHASE_NAMES, type PhaseName } from './phase-names.ts';

const lengthSchema = z
  .string()
  .regex(/^P[1-9]\d{0,2}[DW]$/)
  .optional()
  .describe('calendar days or weeks such as P5D or P3W');

/** How long the phases take, where it is not what the type of release gives them. */
export const timelineSchema = z
  .strictObject(
    Object.fromEntries(PHASE_NAMES.map((name) => [name, lengthSchema])) as Record<
      PhaseName,
      typeof lengthSchema
    >,
  )
  .prefault({})
  .describe(`how long each phase takes: ${PHASE_NAMES.join(', ')}`);
