import * as z from 'zod';

/**
 * What Teams takes of a manifest, as far as ours goes: the limits of Microsoft's published JSON schema, version 1.24
 * (developer.microsoft.com/json-schemas/teams/v1.24/MicrosoftTeams.schema.json). It is written down here, so that
 * nothing has to be shipped or fetched for it; what the app does not use is not in it. A test holds manifests against
 * the schema itself.
 */
const httpsUrl = z
  .string()
  .max(2048)
  .regex(/^https:\/\/\S+$/i, 'is not an https address');
const botScope = z.enum(['team', 'personal', 'groupChat', 'copilot']);

const commandListSchema = z.strictObject({
  triggers: z
    .array(z.enum(['mention', 'slash']))
    .max(2)
    .optional(),
  scopes: z.array(botScope).max(4),
  commands: z
    .array(z.strictObject({ title: z.string().max(128), description: z.string().max(4000) }))
    .max(12),
});

const botSchema = z.strictObject({
  botId: z.guid(),
  scopes: z.array(botScope).max(4),
  supportsTargetedMessages: z.boolean().optional(),
  supportsFiles: z.boolean().optional(),
  isNotificationOnly: z.boolean().optional(),
  commandLists: z.array(commandListSchema).max(3),
});

const composeExtensionSchema = z.strictObject({
  botId: z.guid(),
  commands: z
    .array(
      z.strictObject({
        id: z.string().max(64),
        type: z.literal('action'),
        title: z.string().max(32),
        description: z.string().max(128),
        context: z.array(z.enum(['compose', 'commandBox', 'message'])).max(3),
        fetchTask: z.boolean(),
      }),
    )
    .min(1)
    .max(10),
});

export const teamsManifestSchema = z.strictObject({
  $schema: z.url(),
  manifestVersion: z.enum(['1.24', '1.29']),
  version: z
    .string()
    .max(256)
    .regex(/^\d{1,9}\.\d{1,9}\.\d{1,9}$/, 'is not a version such as 1.0.0'),
  id: z.guid(),
  developer: z.strictObject({
    name: z.string().min(1).max(32),
    websiteUrl: httpsUrl,
    privacyUrl: httpsUrl,
    termsOfUseUrl: httpsUrl,
  }),
  name: z.strictObject({ short: z.string().max(30), full: z.string().max(100) }),
  description: z.strictObject({ short: z.string().max(80), full: z.string().max(4000) }),
  icons: z.strictObject({ color: z.string().max(2048), outline: z.string().max(2048) }),
  accentColor: z.string().regex(/^#[0-9a-f]{6}$/i),
  bots: z.array(botSchema).max(1),
  composeExtensions: z.array(composeExtensionSchema).max(1),
  validDomains: z.array(z.string().max(2048)).max(16),
});
export type TeamsManifest = z.infer<typeof teamsManifestSchema>;
