import * as z from 'zod';

/** Where repositories are read that plans name. */
export const githubSchema = z
  .strictObject({
    apiUrl: z
      .url({ protocol: /^https?$/ })
      .refine((text) => !new URL(text).username && !new URL(text).password, 'has a password; use token')
      .default('https://api.github.com')
      .describe('The REST API: of GitHub Enterprise Server, https://github.example.com/api/v3.'),
    token: z
      .string()
      .min(1)
      .optional()
      .describe(
        'A token that reads contents and pull requests of these repositories; from a variable of the environment. Without it, public repositories only, sixty requests an hour.',
      ),
  })
  .prefault({})
  .describe('GitHub, from which release notes take merged pull requests.');
