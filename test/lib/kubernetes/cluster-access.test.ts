import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { readClusterAccess } from '../../../src/lib/kubernetes/cluster-access.ts';

const folder = mkdtempSync(join(tmpdir(), 'tminus-access-'));
afterAll(() => rmSync(folder, { recursive: true }));
const base64 = (text: string) => Buffer.from(text).toString('base64');

interface Parts {
  cluster?: Record<string, unknown>;
  user?: Record<string, unknown>;
  context?: string;
}
function write({ cluster = {}, user = { token: 'a-token' }, context = 'live' }: Parts = {}): string {
  const path = join(folder, 'config');
  const config = {
    'current-context': context,
    contexts: [
      { name: 'live', context: { cluster: 'one', user: 'tminus' } },
      { name: 'staging', context: { cluster: 'two', user: 'tminus' } },
    ],
    clusters: [
      { name: 'one', cluster: { server: 'https://one.example.com:6443/', ...cluster } },
      { name: 'two', cluster: { server: 'https://two.example.com' } },
    ],
    users: [{ name: 'tminus', user }],
  };
  writeFileSync(path, stringify(config));
  return path;
}
const read = (parts?: Parts, context?: string) => readClusterAccess({ kubeconfig: write(parts), context });

describe('A kubeconfig', () => {
  it('says where the cluster is, and as whom it is asked', () => {
    expect(read()).toEqual({ server: 'https://one.example.com:6443', token: 'a-token', tls: {} });
    expect(read({}, 'staging').server).toBe('https://two.example.com');
  });

  it('may name a file with a token, beside it, and certificates as text or as files', () => {
    writeFileSync(join(folder, 'token'), 'from-a-file\n');
    writeFileSync(join(folder, 'key.pem'), 'KEY');
    const access = read({
      cluster: { 'certificate-authority-data': base64('CA') },
      user: { tokenFile: 'token', 'client-certificate-data': base64('CERT'), 'client-key': 'key.pem' },
    });
    expect(access).toMatchObject({ token: 'from-a-file', tls: { ca: 'CA', cert: 'CERT', key: 'KEY' } });
  });

  it.each<[Parts, string]>([
    [{ user: { exec: { command: 'aws' } } }, 'asks a program for a token (exec)'],
    [{ user: { 'auth-provider': { name: 'gcp' } } }, 'asks a program for a token (auth-provider)'],
    [{ user: {} }, 'has neither a token nor a certificate for its user'],
    [{ cluster: { 'insecure-skip-tls-verify': true } }, "does not check the cluster's certificate"],
    [{ cluster: { server: 'http://one.example.com' } }, 'has a server that is not https'],
    [{ context: 'dev' }, 'has no context "dev"'],
    [{ user: { tokenFile: 'nowhere' } }, "nowhere can't be read"],
  ])('is refused where it is %j', (parts, said) => {
    expect(() => read(parts)).toThrow(said);
  });

  it('that is something else is refused without its contents', () => {
    const path = join(folder, 'other');
    writeFileSync(path, 'users: [{ name: a, user: { token: hidden-secret }');
    expect(() => readClusterAccess({ kubeconfig: path })).toThrow(/is not YAML\.$/);
    writeFileSync(path, 'token: hidden-secret');
    expect(() => readClusterAccess({ kubeconfig: path })).toThrow(/is not a kubeconfig: contexts\.$/);
  });
});

describe('In a cluster', () => {
  const within = (env: NodeJS.ProcessEnv) => () => readClusterAccess({}, { env, folder });

  it('the service account of the pod is used, as it is at that moment', () => {
    writeFileSync(join(folder, 'token'), 'first');
    writeFileSync(join(folder, 'ca.crt'), 'CA');
    const access = within({ KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '6443' });
    expect(access()).toEqual({ server: 'https://[fd00::1]:6443', token: 'first', tls: { ca: 'CA' } });
    writeFileSync(join(folder, 'token'), 'second');
    expect(access().token).toBe('second');
  });

  it('that is none, it is said what to name', () => {
    expect(within({})).toThrow('tminus does not run in a Kubernetes cluster. Name a kubeconfig');
  });
});
