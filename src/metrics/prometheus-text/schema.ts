import * as z from 'zod';

/** A page of metrics in the Prometheus text format, such as a service's own `/metrics`. */
export const PrometheusTextSettings = z.strictObject({
  url: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .refine((url) => !hasCredentials(url), 'must not hold a user name or password'),
});

function hasCredentials(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { username, password } = new URL(url);
  return username !== '' || password !== '';
}
