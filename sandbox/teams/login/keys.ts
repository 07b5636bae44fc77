import { createHash } from 'node:crypto';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import type { Table } from '../../workspace/store.ts';
import type { JsonObject } from '../../workspace/stored.ts';

const algorithm = 'RS256';

/** A key that signs, and what others need to check its signatures. */
export interface SigningKey {
  id: string;
  privateKey: CryptoKey;
  /** As it is published. */
  publicJwk: JWK;
}

/** The key of this Teams, made once for each folder: an app that keeps it in memory may outlive a restart here. */
export async function rememberKey(keys: Table<JsonObject>): Promise<SigningKey> {
  const kept = keys.get('signing');
  if (kept) return fromJwk(kept as JWK);
  const jwk = await makeKey();
  keys.put('signing', { ...jwk });
  return fromJwk(jwk);
}

/** A key that nobody knows, for tokens that are forged. */
export async function makeStrangeKey(): Promise<SigningKey> {
  return fromJwk(await makeKey());
}

/** A private key as it is kept. */
export async function makeKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  return exportJWK(privateKey);
}

async function fromJwk(jwk: JWK): Promise<SigningKey> {
  const { kty = '', n = '', e = '' } = jwk;
  const id = createHash('sha256').update(n).digest('base64url').slice(0, 27);
  const privateKey = (await importJWK(jwk, algorithm)) as CryptoKey;
  // `x5t` is what Microsoft's own keys have beside `kid`; the app's library reads `endorsements`.
  const publicJwk = { kty, n, e, kid: id, x5t: id, use: 'sig', endorsements: ['msteams'] };
  return { id, privateKey, publicJwk };
}
