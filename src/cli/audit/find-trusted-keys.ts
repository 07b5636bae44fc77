import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { loadSettings } from '../../config/load-config.ts';
import { readFolderKey, readTrusted } from '../../config/load-trail-keys.ts';
import { readPrivateKey, readPublicKey } from '../../core/audit/audit-keys.ts';
import { type TrustedKeys, trustKeys } from '../../core/audit/audit-signature.ts';
import { dataDirOf } from './open-audit-database.ts';

/** The public key of TMINUS_AUDIT_KEY, else that of the data folder; null when there is neither. */
export async function findOwnKey(env: NodeJS.ProcessEnv): Promise<KeyObject | null> {
  if (!env.TMINUS_AUDIT_KEY) return readFolderKey(dataDirOf(env));
  const key = readPrivateKey(env.TMINUS_AUDIT_KEY);
  if (!key) throw new Error('TMINUS_AUDIT_KEY is not a key as `tminus audit key --new` prints it.');
  return createPublicKey(key);
}

/**
 * The keys that an auditor gives, each a public key or a file with one. Where none is given: that of this bot, with
 * those that its configuration trusts. @throws Error when there is none, or one is none
 */
export async function findTrustedKeys(
  env: NodeJS.ProcessEnv,
  { given, configFile }: { given: readonly string[]; configFile: string | undefined },
): Promise<TrustedKeys> {
  if (given.length > 0) return trustKeys(await Promise.all(given.map(readGiven)));
  const { audit } = await loadSettings(['audit'], { env, file: configFile });
  const own = await findOwnKey(env);
  const keys = [...(own ? [own] : []), ...readTrusted(audit.trustedKeys)];
  if (keys.length > 0) return trustKeys(keys);
  throw new Error(
    'There is no key here to check the signatures with. Name the public key with --key; `tminus audit key` prints it where the bot runs.',
  );
}

async function readGiven(given: string): Promise<KeyObject> {
  const key = readPublicKey(given) ?? readPublicKey(await readFile(given, 'utf8').catch(() => ''));
  if (!key) throw new Error(`--key ${given}: this is neither a public key nor a file with one.`);
  return key;
}
