import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { auditKeyFile, loadTrailKeys, readFolderKey } from '../../src/config/load-trail-keys.ts';
import { newPrivateKey, readPrivateKey, writePublicKey } from '../../src/core/audit/audit-keys.ts';
import { keyIdOf } from '../../src/core/audit/audit-signature.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'tminus-key-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

const audit = { trustedKeys: [] };

it('makes a key in the data folder once, which nobody else may read', async () => {
  const loading = Array.from({ length: 5 }, () => loadTrailKeys({ dataDir, audit }, { make: true }));
  const ids = new Set((await Promise.all(loading)).map(({ signer }) => signer.keyId));
  expect(ids.size).toBe(1);
  expect(await readdir(dataDir)).toEqual([auditKeyFile]);
  expect((await stat(path.join(dataDir, auditKeyFile))).mode & 0o777).toBe(0o600);
  const key = await readFolderKey(dataDir);
  expect(key && keyIdOf(key)).toBe([...ids][0]);
});

it('takes that of the environment, and trusts those of before besides', async () => {
  const before = readPrivateKey(newPrivateKey());
  if (!before) throw new Error('a new key can be read');
  const settings = { dataDir, auditKey: newPrivateKey(), audit: { trustedKeys: [writePublicKey(before)] } };
  const { signer, trusted } = await loadTrailKeys(settings, { make: true });
  expect([...trusted.keys()]).toEqual([signer.keyId, expect.any(String)]);
  expect(await readdir(dataDir)).toEqual([]);
});

it('refuses what is no key, and a folder without one where none is to be made', async () => {
  await expect(loadTrailKeys({ dataDir, auditKey: 'secret', audit }, { make: true })).rejects.toThrow(
    'TMINUS_AUDIT_KEY is not a key',
  );
  await expect(loadTrailKeys({ dataDir, audit }, { make: false })).rejects.toThrow(
    'Set the variable, or TMINUS_DATA_DIR, as for the bot that runs.',
  );
});
