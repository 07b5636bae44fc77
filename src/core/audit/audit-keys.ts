import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** A new Ed25519 key, as it is written into a variable or a file: one line, base64 of PKCS #8. */
export function newPrivateKey(): string {
  return generateKeyPairSync('ed25519')
    .privateKey.export({ type: 'pkcs8', format: 'der' })
    .toString('base64');
}

/** The public key of a key, as it is given to auditors: one line, base64 of SPKI. */
export function writePublicKey(key: KeyObject): string {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
}

/** PEM or one line of base64; null when it is no Ed25519 key. */
export function readPrivateKey(text: string): KeyObject | null {
  return ed25519(() =>
    isPem(text)
      ? createPrivateKey(text)
      : createPrivateKey({ key: Buffer.from(text.trim(), 'base64'), format: 'der', type: 'pkcs8' }),
  );
}

/** The same of a public key. */
export function readPublicKey(text: string): KeyObject | null {
  return ed25519(() =>
    isPem(text)
      ? createPublicKey(text)
      : createPublicKey({ key: Buffer.from(text.trim(), 'base64'), format: 'der', type: 'spki' }),
  );
}

function isPem(text: string): boolean {
  return text.includes('-----BEGIN');
}

function ed25519(parse: () => KeyObject): KeyObject | null {
  try {
    const key = parse();
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
}
