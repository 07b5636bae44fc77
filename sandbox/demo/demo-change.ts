import * as z from 'zod';
import { AdminFault } from './admin-fault.ts';
import { maxLoad } from './demo-settings.ts';

/** What can be switched at the demo by hand; what is left out stays as it is. */
export const DemoChange = z.strictObject({
  /** Whether every third request to the candidate fails and takes longer. */
  faulty: z.boolean().optional(),
  /** Requests per second of the load generator. */
  load: z.number().min(0).max(maxLoad).optional(),
  /** Makes the deployment target's admin API misbehave; null ends it. */
  adminFault: AdminFault.nullable().optional(),
});
export type DemoChange = z.infer<typeof DemoChange>;
