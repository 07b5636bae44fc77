import * as z from 'zod';

/** Scheme, host and perhaps a path; what would not survive being put before a path of ours is refused. */
function isAddress(written: string): boolean {
  if (!URL.canParse(written)) return false;
  const { protocol, search, hash, username, password } = new URL(written);
  return ['https:', 'http:'].includes(protocol) && `${search}${hash}${username}${password}` === '';
}

export const publicUrlSchema = z
  .string()
  .refine(isAddress, 'is not an address such as https://releases.example.com')
  .transform((url) => url.replace(/\/+$/, ''))
  .describe(
    'Where the HTTP server is reached from outside, such as https://releases.example.com: for links.',
  );
