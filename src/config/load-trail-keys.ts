import { createPublicKey, type KeyObject, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { newPrivateKey, readPrivateKey, readPublicKey } from '../core/audit/audit-keys.ts';
import {
  type AuditSigner,
  createAuditSigner,
  type TrustedKeys,
  trustKeys,
} from '../core/audit/audit-signature.ts';
import { hasErrorCode } from '../lib/error-code.ts';
import { errorMessage } from '../lib/error-message.ts';
import type { Config } from './config.ts';
import { ConfigError } from './config-error.ts';

type KeySettings = Pick<Config, 'auditKey' | 'dataDir'> & { audit: Pick<Config['audit'], 'trustedKeys'> };

/** The file in the data folder that holds the key where no variable does. */
export const auditKeyFile = 'audit-key';

/**
 * The key of the environment, else that of the data folder. Where there is neither, one is made there if `make` says
 * so. @throws ConfigError when there is none and none can be kept.
 */
export async function loadTrailKeys(
  config: KeySettings,
  { make }: { make: boolean },
): Promise<{ signer: AuditSigner; trusted: TrustedKeys }> {
  const text = config.auditKey ?? (await readKeyFile(config, make));
  const key = readPrivateKey(text);
  if (!key) throw new ConfigError(`${placeOf(config)} is not a key as \`tminus audit key --new\` prints it.`);
  return {
    signer: createAuditSigner(key, randomUUID),
    trusted: trustKeys([createPublicKey(key), ...readTrusted(config.audit.trustedKeys)]),
  };
}

/** What the configuration itself trusts. */
export function readTrusted(texts: readonly string[]): KeyObject[] {
  return texts.flatMap((text) => readPublicKey(text) ?? []);
}

/** The public key of the data folder's key file; null when there is none. */
export async function readFolderKey(dataDir: string): Promise<KeyObject | null> {
  const text = await readFile(path.join(dataDir, auditKeyFile), 'utf8').catch(() => null);
  const key = text === null ? null : readPrivateKey(text);
  return key && createPublicKey(key);
}

async function readKeyFile(config: KeySettings, make: boolean): Promise<string> {
  const file = path.join(config.dataDir, auditKeyFile);
  try {
    if (make) await makeKeyFile(file);
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new ConfigError(
      `The audit trail can't be signed: TMINUS_AUDIT_KEY is not set, and ${errorMessage(error)}. ` +
        (make
          ? 'Make a key with `tminus audit key --new`, and set the variable to it.'
          : 'Set the variable, or TMINUS_DATA_DIR, as for the bot that runs.'),
    );
  }
}

/** Complete from the moment on at which it is there: another process may look for it at the same time. */
async function makeKeyFile(file: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  await mkdir(path.dirname(file), { recursive: true });
  if (
    await readFile(file).then(
      () => true,
      () => false,
    )
  )
    return;
  await writeFile(draft, `${newPrivateKey()}\n`, { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, file);
  } catch (error) {
    if (!hasErrorCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

function placeOf({ auditKey, dataDir }: KeySettings): string {
  return auditKey === undefined ? path.join(dataDir, auditKeyFile) : 'TMINUS_AUDIT_KEY';
}
