import * as z from 'zod';
import { readPublicKey } from '../core/audit/audit-keys.ts';

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
  })
  .prefault({})
  .describe('How the audit trail is signed. The key itself is in the variable TMINUS_AUDIT_KEY.');
