import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeploymentSources } from '../../../src/config/deployments-schema.ts';
import { deploymentRoutes } from '../../../src/http/deployments/deployment-routes.ts';
import { type HttpServer, startHttpServer } from '../../../src/http/http-server.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { approvedRelease, auditOf, outboxOf, rolloutOf } from '../../services/steps.ts';
import { withoutDriver } from '../../services/without-driver.ts';
import { openWorld, type World } from '../../support/test-services.ts';

const secret = 'a-secret-of-at-least-thirty-two-characters';
const previousSecret = 'the-secret-before-of-thirty-two-characters';
const sources: DeploymentSources = {
  ci: { kind: 'signed', secret, previousSecret },
  github: {
    kind: 'github',
    product: 'web',
    environment: 'production',
    workflow: 'Deploy',
    secret,
    previousSecret,
  },
  argo: { kind: 'argo-cd', product: 'web', secret, previousSecret },
};

let driven: World;
let world: World;
let server: HttpServer;
let releaseId: string;
const start = (services: World['services']) =>
  startHttpServer({
    port: 0,
    host: '127.0.0.1',
    routes: [deploymentRoutes(services, sources)],
    log: silentLog,
  });
beforeEach(async () => {
  driven = await openWorld();
  world = withoutDriver(driven);
  releaseId = await approvedRelease(world);
  server = await start(world.services);
});
afterEach(async () => {
  await server.close();
  await driven.close();
});

async function post(source: string, body: string, headers: Record<string, string>) {
  const response = await fetch(`${server.url}/deployments/${source}`, { method: 'POST', headers, body });
  return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
}
function sign(body: string, { by = secret, at = world.wall.now } = {}) {
  const timestamp = String(Math.floor(at / 1000));
  const hash = createHmac('sha256', by).update(`${timestamp}..${body}`).digest('hex');
  return { 'x-tminus-timestamp': timestamp, 'x-tminus-signature': `v1=${hash}` };
}
const signed = (body: object, how = {}) => post('ci', JSON.stringify(body), sign(JSON.stringify(body), how));
function github(event: string, body: object, by = secret) {
  const text = JSON.stringify(body);
  const signature = `sha256=${createHmac('sha256', by).update(text).digest('hex')}`;
  return post('github', text, { 'x-github-event': event, 'x-hub-signature-256': signature });
}
const argo = (body: object, by = secret) =>
  post('argo', JSON.stringify(body), { authorization: `Bearer ${by}` });

const deployment = { ref: 'v2.4.0', environment: 'production', payload: {} };
const status = { state: 'success', log_url: 'https://github.com/acme/shop/actions/runs/7' };
const run = {
  name: 'Deploy',
  conclusion: 'success',
  head_branch: 'v2.4.0',
  html_url: 'https://github.com/acme/shop/actions/runs/8',
};
const synced = { application: 'shop', version: 'v2.4.0', phase: 'Succeeded', health: 'Healthy' };
const recorded = async () => (await rolloutOf(world, releaseId)).operations.map(({ toPercent }) => toPercent);

describe('a deployment that a pipeline tells of', () => {
  it('is recorded and told as its word, with the note, and audited', async () => {
    const { status, answer } = await signed({ release: 'web-2.4.0', percent: 50, note: 'Run 42' });
    expect({ status, answer }).toEqual({ status: 200, answer: { release: 'web-2.4.0', percent: 50 } });
    expect(await rolloutOf(world, releaseId)).toMatchObject({
      state: 'running',
      trafficPercent: 50,
      operations: [{ state: 'recorded', requestedByName: 'ci', reason: 'Run 42' }],
    });
    expect(await outboxOf(world)).toContain('recorded');
    expect(
      (await auditOf(world, releaseId)).find(({ action }) => action === 'deployment.recorded'),
    ).toMatchObject({
      actor: 'system:ci',
      details: { toPercent: 50, note: 'Run 42', source: 'ci' },
    });
  });

  it('counts once, however often it is sent', async () => {
    const body = { release: 'web-2.4.0', percent: 50 };
    const first = await signed(body);
    await signed({ release: 'web-2.4.0', percent: 100 });
    expect(await signed(body)).toEqual(first);
    expect(await recorded()).toEqual([100, 50]);
  });

  it('may be that it was rolled back', async () => {
    await signed({ release: 'web-2.4.0', percent: 50 });
    await signed({ release: 'web-2.4.0', percent: 0 });
    expect((await rolloutOf(world, releaseId)).state).toBe('rolled_back');
  });

  it.each([
    [{ release: 'web-9.9.9', percent: 10 }, 404],
    [{ release: 'web-2.4.0', percent: 101 }, 400],
    [{ release: 'web-2.4.0' }, 400],
    [{ release: 'web-2.4.0', percent: 10, more: 1 }, 400],
  ])('is refused where it is %j', async (body, expected) => {
    const { status, answer } = await signed(body);
    expect(status).toBe(expected);
    expect(answer.error).toEqual(expect.any(String));
    expect(await recorded()).toEqual([]);
  });

  it('of a release that tminus deploys itself is refused: it reads the target', async () => {
    await server.close();
    server = await start(driven.services);
    const { status, answer } = await signed({ release: 'web-2.4.0', percent: 50 });
    expect(status).toBe(409);
    expect(answer.error).toContain('which reads its traffic');
  });
});

describe('GitHub', () => {
  it('tells of a deployment to the environment, by its tag', async () => {
    const { status: code } = await github('deployment_status', { deployment, deployment_status: status });
    expect(code).toBe(200);
    expect(await rolloutOf(world, releaseId)).toMatchObject({ state: 'completed', trafficPercent: 100 });
  });

  it.each([{ version: '2.4.0', weight: 10 }, JSON.stringify({ version: '2.4.0', weight: 10 })])(
    'may say version and share in the payload, as %j',
    async (payload) => {
      const made = { ...deployment, ref: 'main', payload };
      await github('deployment_status', { deployment: made, deployment_status: status });
      expect(await recorded()).toEqual([10]);
    },
  );

  it('tells of a run of the workflow for a tag', async () => {
    expect((await github('workflow_run', { action: 'completed', workflow_run: run })).status).toBe(200);
    expect(await recorded()).toEqual([100]);
  });

  it.each<[string, object]>([
    ['ping', { zen: 'Keep it logically awesome.' }],
    ['deployment_status', { deployment, deployment_status: { state: 'in_progress' } }],
    ['deployment_status', { deployment, deployment_status: { state: 'failure' } }],
    [
      'deployment_status',
      { deployment: { ...deployment, environment: 'staging' }, deployment_status: status },
    ],
    ['deployment_status', { deployment: { ...deployment, ref: 'v9.9.9' }, deployment_status: status }],
    ['deployment_status', { deployment: { ...deployment, ref: '—' }, deployment_status: status }],
    ['workflow_run', { action: 'requested', workflow_run: { ...run, conclusion: null } }],
    ['workflow_run', { action: 'completed', workflow_run: { ...run, conclusion: 'failure' } }],
    ['workflow_run', { action: 'completed', workflow_run: { ...run, name: 'Tests' } }],
  ])('tells of much that is no deployment of a release: %s %j', async (event, body) => {
    const { status, answer } = await github(event, body);
    expect({ status, ignored: answer.ignored }).toEqual({ status: 202, ignored: expect.any(String) });
    expect(await recorded()).toEqual([]);
  });

  it('that tells what is recorded already is not refused', async () => {
    const body = { deployment, deployment_status: status };
    await github('deployment_status', body);
    const again = { ...body, deployment_status: { ...status, log_url: 'https://example.com/other' } };
    expect((await github('deployment_status', again)).status).toBe(202);
    expect(await recorded()).toEqual([100]);
  });
});

describe('Argo CD', () => {
  it('tells of a synchronization that has become healthy', async () => {
    expect((await argo(synced)).status).toBe(200);
    expect((await rolloutOf(world, releaseId)).operations[0]).toMatchObject({
      toPercent: 100,
      reason: 'Application shop in Argo CD',
    });
  });

  it.each([{ phase: 'Failed' }, { health: 'Progressing' }, { version: '9.9.9' }])(
    'that tells of %j is not believed to have deployed it',
    async (change) => {
      expect((await argo({ ...synced, ...change })).status).toBe(202);
      expect(await recorded()).toEqual([]);
    },
  );
});

describe('who does not show who they are', () => {
  const body = { release: 'web-2.4.0', percent: 50 };
  const other = 'another-secret-of-thirty-two-characters!';
  it.each([
    ['by another secret', () => signed(body, { by: other })],
    ['long ago', () => signed(body, { at: world.wall.now - 6 * 60_000 })],
    [
      'for a source that there is not',
      () => post('nobody', JSON.stringify(body), sign(JSON.stringify(body))),
    ],
    ['for a name that every object has', () => post('constructor', '{}', sign('{}'))],
    ['without a signature', () => post('ci', JSON.stringify(body), {})],
    ['as GitHub', () => github('deployment_status', { deployment, deployment_status: status }, other)],
    ['as Argo CD', () => argo(synced, other)],
  ])('is refused %s', async (_, send) => {
    expect((await send()).status).toBe(401);
    expect(await recorded()).toEqual([]);
  });

  it('may do so by the secret before', async () => {
    expect((await signed(body, { by: previousSecret })).status).toBe(200);
    const told = { deployment, deployment_status: status };
    expect((await github('deployment_status', told, previousSecret)).status).toBe(200);
    expect((await argo(synced, previousSecret)).status).toBe(202);
  });
});
