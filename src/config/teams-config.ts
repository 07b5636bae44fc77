import * as z from 'zod';
import { maxWaitMs } from '../lib/left-to-wait.ts';

const intervalSchema = (defaultMs: number) => z.int().min(0).max(maxWaitMs).default(defaultMs);

/** What `tminus.yaml` says of Teams. */
export const teamsFileSchema = z
  .strictObject({
    allowedTenants: z
      .array(z.guid('is not the id of a tenant'))
      .default([])
      .describe('Ids of the tenants whose people may use tminus, besides that of TEAMS_TENANT_ID.'),
    localOnly: z
      .boolean()
      .default(false)
      .describe(
        'Take requests without any authentication, to try tminus out on this machine: only without TEAMS_APP_ID, and only while http.host is a loopback address.',
      ),
    pace: z
      .strictObject({
        postIntervalMs: intervalSchema(500).describe('Least time between two messages to a conversation.'),
        editIntervalMs: intervalSchema(1_000).describe('Least time between two edits in a conversation.'),
      })
      .prefault({})
      .describe('Milliseconds; the defaults are what Teams allows.'),
  })
  .prefault({})
  .describe('How tminus uses Microsoft Teams. Its secrets are in the environment.');

/** What the environment says of Teams. */
export const teamsEnvFields = {
  TEAMS_APP_ID: z.guid('is not the id of an app').optional(),
  TEAMS_APP_PASSWORD: z.string().optional(),
  TEAMS_CERTIFICATE_FILE: z.string().optional(),
  TEAMS_CERTIFICATE_KEY_FILE: z.string().optional(),
  TEAMS_APP_TYPE: z
    .enum(['SingleTenant', 'UserAssignedMSI'], 'is neither SingleTenant nor UserAssignedMSI')
    .default('SingleTenant'),
  TEAMS_TENANT_ID: z.guid('is not the id of a tenant').optional(),
};

/** How the app proves to Teams that it is itself. */
export type TeamsCredential =
  | { type: 'secret'; secret: string }
  /** Both in PEM. */
  | { type: 'certificate'; certificate: string; key: string }
  | { type: 'managed-identity' }
  /** It does not, and neither does Teams: on this machine only. */
  | { type: 'none' };

/** Which app of Teams this is, and in which tenant. */
export interface TeamsConfig {
  /** Empty without a credential. */
  appId: string;
  tenantId: string;
  credential: TeamsCredential;
  /** A Teams on this machine that signs and issues tokens of its own. Nothing but another program can set it. */
  local?: { openIdMetadataUrl: string; loginUrl: string };
}
