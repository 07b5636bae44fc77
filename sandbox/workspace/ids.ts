import { randomBytes } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** An id in Slack's manner: a letter for the kind and ten random capitals and digits. */
export function newId(prefix: string): string {
  return prefix + Array.from(randomBytes(10), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

/** A random string that can't be guessed, in hex. */
export function newSecret(bytes = 16): string {
  return randomBytes(bytes).toString('hex');
}
