import * as z from 'zod';
import { readPublicKey } from '../core/audit/audit-keys.ts';
import { longDuration, longDurationMs } from './long-duration.ts';

const shortestMs = 60_000;

/** Where the trail is witnessed outside the database. `every` becomes milliseconds. */
const anchorsSchema = z
  .strictObject({
    every: z
      .string()
      .regex(longDuration, 'is not a duration in weeks, days, hours or minutes, such as P1D')
      .transform(longDurationMs)
      .refine((ms) => ms >= shortestMs, 'is too short: at least PT1M')
      .prefault('P1D')
      .describe('How often: an ISO 8601 duration. At least PT1M. Default: P1D.'),
    channel: z
      .string()
      .min(1)
      .optional()
      .describe('Where the line of the latest checkpoint is posted, as plans write addresses: #audit.'),
    file: z
      .string()
      .min(1)
      .optional()
      .describe('The file to which each process appends the latest checkpoint, a line each.'),
  })
  .prefault({})
  .describe('Where the latest checkpoint is kept outside the database, at intervals. Neither: nowhere.');

/** How the audit trail is signed and witnessed. Its key is in the environment. */
export const auditSchema = z
  .strictObject({
    trustedKeys: z
      .array(
        z
          .string()
          .refine(
            (text) => readPublicKey(text) !== null,
            'is not a public key as `tminus audit key` prints it',
          ),
      )
      .default([])
      .describe(
        'Public keys besides that of this process: those of before, and of processes with a key of their own.',
      ),
    anchors: anchorsSchema,
  })
  .prefault({})
  .describe(
    'How the audit trail is signed and witnessed. The key itself is in the variable TMINUS_AUDIT_KEY.',
  );
