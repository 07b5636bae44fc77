import * as z from 'zod';

/** What goes into a header as it is; the message does not repeat a secret. */
const secret = z.string().regex(/^[\x20-\x7e]+$/, 'must be one line of ASCII characters, and not empty');

/** How one shows who one is. */
export const authSettings = z.union(
  [z.strictObject({ token: secret }), z.strictObject({ username: secret, password: secret })],
  'must have either a token, or a username and a password, each one line of ASCII characters',
);

/** Files for https. */
export const tlsSettings = z
  .strictObject({
    caFile: z
      .string()
      .min(1)
      .optional()
      .describe('Certificates (PEM) of the authority that the other side is trusted by.'),
    certFile: z
      .string()
      .min(1)
      .optional()
      .describe("tminus' own certificate (PEM), for whoever asks for one."),
    keyFile: z.string().min(1).optional().describe('Its private key (PEM).'),
  })
  .refine(
    (files) => (files.certFile === undefined) === (files.keyFile === undefined),
    'needs certFile and keyFile together',
  );

export type AuthSettings = z.infer<typeof authSettings>;
export type TlsSettings = z.infer<typeof tlsSettings>;

/** An address of http or https without secrets. */
export const plainAddress = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .refine((url) => !hasCredentials(url), 'must not hold a user name or password');

function hasCredentials(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { username, password } = new URL(url);
  return username !== '' || password !== '';
}

/** The value of the header `authorization`. */
export function authorization(auth: AuthSettings): string {
  if ('token' in auth) return `Bearer ${auth.token}`;
  return `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}`;
}
