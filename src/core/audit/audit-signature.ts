import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/** Signs what is written to the audit trail, with a key that the database never holds. */
export interface AuditSigner {
  /** Of the key that it signs with: see `keyIdOf`. */
  keyId: string;
  /** Over chain, body and a nonce, so that no other event can bear it, and this one only once. */
  signEvent(event: { chain: string; body: string }): string;
  /** Over what is left of an event, its place and its hash; with the event's own nonce, if it had one. */
  signRedaction(event: RedactedEvent, nonce: string | null): string;
  signCheckpoint(body: string): string;
}

/** What is left of an event: the hash is the one that it was written with. */
export interface RedactedEvent {
  chain: string;
  seq: number;
  hash: string;
  body: string;
}

/** Public keys whose signatures count, by their ids. */
export type TrustedKeys = ReadonlyMap<string, KeyObject>;

/** The first 16 hex digits of the SHA-256 of a public key in DER: names the key, and hides nothing. */
export function keyIdOf(publicKey: KeyObject): string {
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex').slice(0, 16);
}

export function trustKeys(publicKeys: readonly KeyObject[]): TrustedKeys {
  return new Map(publicKeys.map((key) => [keyIdOf(key), key]));
}

/** Ed25519. `newNonce` gives a text that it never gave before, of letters, digits and dashes. */
export function createAuditSigner(privateKey: KeyObject, newNonce: () => string): AuditSigner {
  const keyId = keyIdOf(createPublicKey(privateKey));
  const signText = (text: string) => sign(null, Buffer.from(text), privateKey).toString('base64url');
  return {
    keyId,
    signEvent: (event) => {
      const nonce = newNonce();
      return `${keyId}.${nonce}.${signText(eventText(event, nonce))}`;
    },
    signRedaction: (event, known) => {
      const nonce = known ?? newNonce();
      return `${keyId}.${nonce}.${signText(redactionText(event, nonce))}`;
    },
    signCheckpoint: (body) => `${keyId}..${signText(checkpointText(body))}`,
  };
}

/** A signature as it is stored: `key.nonce.signature`; the nonce of a checkpoint's is empty. */
interface WrittenSignature {
  keyId: string;
  nonce: string;
  bytes: Buffer;
}

function readSignature(written: string): WrittenSignature | null {
  const match = /^([0-9a-f]{16})\.([A-Za-z0-9-]*)\.([A-Za-z0-9_-]{86})$/.exec(written);
  if (!match) return null;
  const [, keyId = '', nonce = '', bytes = ''] = match;
  return { keyId, nonce, bytes: Buffer.from(bytes, 'base64url') };
}

/** What the signature of an event was made for: two events can't have the same. */
export function nonceOf(signature: string): string | null {
  return readSignature(signature)?.nonce || null;
}

/** Why a signature does not show that tminus wrote the event; null when it does. */
export function eventSignatureProblem(
  { chain, body, signature }: { chain: string; body: string; signature: string },
  trusted: TrustedKeys,
): string | null {
  const read = readSignature(signature);
  if (read?.nonce === '') return notSigned;
  return signatureProblem(read, trusted, (nonce) => eventText({ chain, body }, nonce));
}

/** The same of what is left of a redacted event. */
export function redactionProblem(
  { redaction, ...event }: RedactedEvent & { redaction: string },
  trusted: TrustedKeys,
): string | null {
  const read = readSignature(redaction);
  if (read?.nonce === '') return notSigned;
  return signatureProblem(read, trusted, (nonce) => redactionText(event, nonce));
}

/** The same of a checkpoint. */
export function checkpointSignatureProblem(
  { body, signature }: { body: string; signature: string },
  trusted: TrustedKeys,
): string | null {
  return signatureProblem(readSignature(signature), trusted, () => checkpointText(body));
}

const notSigned = 'it does not bear the signature of tminus: it was forged, or changed';

function signatureProblem(
  read: WrittenSignature | null,
  trusted: TrustedKeys,
  textFor: (nonce: string) => string,
): string | null {
  if (!read) return notSigned;
  const key = trusted.get(read.keyId);
  if (!key) return `it is signed with the key ${read.keyId}, which is not among those that are trusted`;
  return verify(null, Buffer.from(textFor(read.nonce)), key, read.bytes) ? null : notSigned;
}

function eventText({ chain, body }: { chain: string; body: string }, nonce: string): string {
  return `tminus audit event\n${chain}\n${nonce}\n${body}`;
}

function redactionText({ chain, seq, hash, body }: RedactedEvent, nonce: string): string {
  return `tminus audit redaction\n${chain}\n${seq}\n${hash}\n${nonce}\n${body}`;
}

function checkpointText(body: string): string {
  return `tminus audit checkpoint\n${body}`;
}
