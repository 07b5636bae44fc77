import * as z from 'zod';

/** Long enough that nobody guesses it, characters. */
const minSecret = 32;

const secretSchema = z.string().min(minSecret, `needs at least ${minSecret} characters`);

/** Who may send results of gates to `POST /results/<name>`. */
export const resultsSchema = z
  .record(
    z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'is not a name such as ci, in lower case'),
    z.strictObject({
      secret: secretSchema.describe('Signs each request. From a variable of the environment.'),
      previousSecret: secretSchema
        .optional()
        .describe('The old secret, which is accepted as well until every sender has the new one.'),
    }),
  )
  .prefault({})
  .describe('Who may send results of gates to /results/<name>, and with which secret.');
