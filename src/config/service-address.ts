import * as z from 'zod';

/**
 * The address of a service, in the form of `example`: one of these schemes, and a host. What is said of a wrong one
 * does not repeat it, since there may be a password in it.
 */
export function serviceAddress({ of, schemes, example }: { of: string; schemes: string[]; example: string }) {
  const expected = schemes.map((scheme) => `${scheme}://`).join(' or ');
  return z
    .string()
    .refine(
      (text) => hasScheme(text, schemes) && hasHost(text),
      `expected is the address of ${of}, which begins with ${expected} and names a host, such as ${example}. ` +
        'In a password, characters like / ? # and @ are written in percent encoding',
    );
}

function hasScheme(text: string, schemes: string[]): boolean {
  return schemes.some((scheme) => text.toLowerCase().startsWith(`${scheme}://`));
}

/** The folder of a Unix socket, in `?host=`, is one too. */
function hasHost(text: string): boolean {
  if (/[?&]host=[^&]/.test(text)) return true;
  return URL.canParse(text) && new URL(text).hostname !== '';
}
