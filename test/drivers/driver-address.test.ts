import { expect, it } from 'vitest';
import { allDrivers } from '../../src/drivers/all-drivers.generated.ts';
import { testAdapters } from '../support/test-adapters.ts';
import { describeAddressContract } from './driver-contract.ts';
import { allTestDrivers } from './targets/all-test-drivers.generated.ts';

const demo = { type: 'demo', adminUrl: 'http://demo.internal:4400', token: 'a-secret' };
const haproxy = {
  type: 'haproxy',
  socket: '/run/haproxy/admin.sock',
  backend: 'shop',
  stable: { servers: ['old'], versionUrl: 'http://10.0.0.5:8080/version' },
  candidate: { servers: ['new'], versionUrl: 'http://10.0.0.6:8080/version' },
};
const webhook = {
  type: 'webhook',
  url: 'https://deploy.internal/hook',
  target: 'web',
  secret: `whsec_${Buffer.alloc(32, 1).toString('base64')}`,
};
const otherSecret = `whsec_${Buffer.alloc(32, 2).toString('base64')}`;
const program = { type: 'command', observe: ['./deploy', 'status', 'web'], cwd: '/srv/deploy' };
const cluster = { kubeconfig: '/etc/tminus/kubeconfig', namespace: 'shop' };
const kubernetes = { type: 'kubernetes', ...cluster, rollout: { way: 'rolling', deployment: 'web' } };
const pair = { way: 'replicas', stable: 'web', candidate: 'next', total: 10 };
const swapped = { ...pair, stable: 'next', candidate: 'web', total: 20 };
const argo = { type: 'argo-rollouts', ...cluster, rollout: 'web' };
const github = { type: 'github', repository: 'acme/shop', workflow: 'deploy.yml', token: 'a-github-token' };
const unleash = {
  type: 'unleash',
  url: 'https://unleash.internal',
  token: 'an-unleash-token',
  feature: 'checkout',
};
const proxy = { type: 'integer-weights', proxy: 'one' };

const cases = [
  {
    type: 'demo',
    same: [
      demo,
      { ...demo, adminUrl: 'http://DEMO.internal:4400/' },
      { ...demo, adminUrl: 'http://someone:a-password@demo.internal:4400/admin?a=b' },
      { ...demo, token: 'another-secret', timeoutMs: 1 },
    ],
    others: [
      { ...demo, adminUrl: 'http://demo.internal:4401' },
      { ...demo, adminUrl: 'http://other.internal:4400' },
      { ...demo, adminUrl: 'https://demo.internal:4400' },
    ],
    secrets: ['a-secret', 'another-secret', 'a-password', 'someone'],
  },
  {
    type: 'integer-weights',
    same: [proxy, { ...proxy, without: ['pause'] }],
    others: [{ ...proxy, proxy: 'two' }],
    secrets: [],
  },
  {
    type: 'haproxy',
    same: [
      haproxy,
      { ...haproxy, timeoutMs: 1 },
      // Which servers are on which side says nothing about what is changed.
      { ...haproxy, stable: haproxy.candidate, candidate: haproxy.stable },
    ],
    others: [
      { ...haproxy, backend: 'checkout' },
      { ...haproxy, socket: '/run/haproxy/other.sock' },
      { ...haproxy, socket: 'proxy.internal:9999' },
    ],
    secrets: [],
  },
  {
    type: 'webhook',
    same: [
      webhook,
      { ...webhook, url: `${webhook.url}?key=a-key` },
      { ...webhook, secret: otherSecret, timeoutMs: 1 },
    ],
    others: [
      { ...webhook, target: 'api' },
      { ...webhook, url: 'https://deploy.internal/other' },
      { ...webhook, url: 'https://other.internal/hook' },
    ],
    secrets: ['a-key', webhook.secret, otherSecret],
  },
  {
    type: 'command',
    same: [program, { ...program, rollBack: ['./undo'], timeoutMs: 500, secretEnv: ['TOKEN'] }],
    others: [
      { ...program, observe: ['./deploy', 'status', 'api'] },
      { ...program, cwd: '/srv/other' },
    ],
    secrets: [],
  },
  {
    type: 'kubernetes',
    same: [
      kubernetes,
      { ...kubernetes, timeoutMs: 1, deadlineMs: 5_000 },
      { ...kubernetes, rollout: { ...kubernetes.rollout, image: 'registry.example.com/web' } },
    ],
    others: [
      { ...kubernetes, namespace: 'staging' },
      { ...kubernetes, context: 'staging' },
      { ...kubernetes, kubeconfig: undefined },
      { ...kubernetes, rollout: { way: 'rolling', deployment: 'api' } },
      { ...kubernetes, rollout: pair },
    ],
    secrets: [],
  },
  {
    type: 'github',
    same: [
      github,
      { ...github, repository: 'Acme/Shop', ref: 'release', token: 'another-token' },
      { ...github, apiUrl: 'https://API.github.com/', shares: true, timeoutMs: 1 },
    ],
    others: [
      { ...github, workflow: 'other.yml' },
      { ...github, repository: 'acme/api' },
      { ...github, apiUrl: 'https://github.internal/api/v3' },
    ],
    secrets: ['a-github-token', 'another-token'],
  },
  {
    type: 'unleash',
    same: [
      unleash,
      { ...unleash, url: 'https://Unleash.internal/', token: 'another-unleash-token' },
      { ...unleash, segments: { 1: [3] }, stickiness: 'userId', timeoutMs: 1 },
    ],
    others: [
      { ...unleash, feature: 'search' },
      { ...unleash, environment: 'staging' },
      { ...unleash, url: 'https://unleash.internal/other' },
    ],
    secrets: ['an-unleash-token', 'another-unleash-token'],
  },
  {
    type: 'argo-rollouts',
    same: [argo, { ...argo, container: 'web', timeoutMs: 1 }],
    others: [
      { ...argo, rollout: 'api' },
      { ...argo, namespace: 'staging' },
    ],
    secrets: [],
  },
] as const;

it('is the same for two Deployments, whichever is the candidate', () => {
  const { schema, addressOf } = testAdapters.drivers;
  const [one, other] = [pair, swapped].map((rollout) => addressOf(schema.parse({ ...kubernetes, rollout })));
  expect(one).toBe(other);
});

for (const each of cases) describeAddressContract(testAdapters.drivers, each);

it('is checked for every kind', () => {
  const kinds = [...allDrivers, ...allTestDrivers].map(({ name }) => name);
  expect(cases.map(({ type }) => type).sort()).toEqual(kinds.sort());
});
