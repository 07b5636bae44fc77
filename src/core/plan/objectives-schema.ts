import * as z from 'zod';
import { visibleCharacter } from '../../lib/visible-text.ts';

const lineSchema = z.string().max(500).regex(visibleCharacter, 'is blank');

/** What the business wants of the release (S1 §1.2). All of it may be left out. */
export const objectivesSchema = z
  .strictObject({
    goal: lineSchema.optional().describe('the main outcome that the business expects'),
    successMetrics: z
      .array(lineSchema.describe('a line of text'))
      .max(50)
      .default([])
      .describe('a list of figures that say whether it was a success'),
    userImpact: lineSchema.optional().describe('how users benefit'),
    revenueImpact: lineSchema.optional().describe('the expected financial outcome'),
  })
  .prefault({})
  .describe('what the business wants: goal, successMetrics, userImpact, revenueImpact');
