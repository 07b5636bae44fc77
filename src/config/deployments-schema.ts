import * as z from 'zod';

/** Long enough that nobody guesses it, characters. */
const minSecret = 32;
const secretSchema = z.string().min(minSecret, `needs at least ${minSecret} characters`);

const source = {
  secret: secretSchema.describe('Signs each request, or comes with it. From a variable of the environment.'),
  previousSecret: secretSchema
    .optional()
    .describe('The secret before, which is taken as well until the sender has the new one.'),
};
const product = z
  .string()
  .min(1)
  .max(80)
  .describe('Whose releases it deploys: with the version it makes the key of the release.');

/** Who may say that something was deployed, to `POST /deployments/<name>`. */
export const deploymentsSchema = z
  .record(
    z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'is not a name such as ci, in lower case'),
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('signed'), ...source }),
      z.strictObject({
        kind: z.literal('github'),
        product,
        environment: z
          .string()
          .min(1)
          .max(255)
          .default('production')
          .describe('Which environment of GitHub counts.'),
        workflow: z
          .string()
          .min(1)
          .max(255)
          .optional()
          .describe('The name of a workflow whose runs for a tag count as deployments. Default: none do.'),
        ...source,
      }),
      z.strictObject({ kind: z.literal('argo-cd'), product, ...source }),
    ]),
  )
  .prefault({})
  .describe('Who may say to /deployments/<name> that something was deployed, and with which secret.');
export type DeploymentSources = z.infer<typeof deploymentsSchema>;
export type DeploymentSource = DeploymentSources[string];
