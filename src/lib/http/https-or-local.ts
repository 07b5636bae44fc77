import { isLoopback } from '../is-loopback.ts';

/**
 * Whether an address may be asked without anybody reading along: by https, or by plain http on this machine. One with
 * a user name or a password is no address that `fetch` takes.
 */
export function isHttpsOrLocal(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}
