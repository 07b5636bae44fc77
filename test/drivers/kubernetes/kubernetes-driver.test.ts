import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeploymentDriver } from '../../../src/services/ports/deployment-driver.ts';
import type { TestCluster } from '../../support/kubernetes/test-cluster.ts';
import { addDeployment, templateOf } from '../../support/kubernetes/test-deployment.ts';
import { command, observe, rollBack, setWeight } from '../call-driver.ts';
import { describeDriverContract } from '../driver-contract.ts';
import { type OpenCluster, openCluster } from './open-cluster.ts';

const rolling = { way: 'rolling', deployment: 'web' };
const replicas = { way: 'replicas', stable: 'web', candidate: 'web-next', total: 10 };
const blueGreen = {
  ...{ way: 'switch', service: 'shop', label: 'track' },
  stable: { deployment: 'blue', value: 'blue' },
  candidate: { deployment: 'green', value: 'green' },
};
const driverOf = ({ open }: OpenCluster, rollout: object) => open({ type: 'kubernetes', rollout });

/** 2.4.0 was tried once and taken back; it is deployed again and waits, paused. */
function addPaused(cluster: TestCluster): void {
  const deployment = addDeployment(cluster, 'web', { version: '2.4.0', replicas: 4 });
  cluster.change(deployment, { template: templateOf('web', '2.3.0') });
  cluster.settle();
  cluster.change(deployment, { paused: true, template: templateOf('web', '2.4.0') });
  cluster.settle();
}
function addTwo(cluster: TestCluster): void {
  addDeployment(cluster, 'web', { version: '2.3.0', replicas: 10 });
  addDeployment(cluster, 'web-next', { version: '2.4.0', replicas: 0 });
}
function addBlueGreen(cluster: TestCluster): void {
  addDeployment(cluster, 'blue', { version: '2.3.0', replicas: 2 });
  addDeployment(cluster, 'green', { version: '2.4.0', replicas: 2 });
  cluster.add('services', 'shop', { spec: { selector: { app: 'shop', track: 'blue' } } });
}

describeDriverContract(
  'The Kubernetes driver of a Deployment',
  {
    remembersOperations: false,
    commands: ['promote', 'rollBack', 'pause', 'resume'],
    weights: [0, 100],
  },
  async () => {
    const opened = await openCluster();
    addPaused(opened.cluster);
    return opened.harness(driverOf(opened, rolling));
  },
);

describeDriverContract(
  'The Kubernetes driver of replicas',
  {
    ...{ remembersOperations: false, commands: ['setWeight', 'rollBack'], weights: [0, 10, 50, 100] },
    takesSeveralCalls: true,
  },
  async () => {
    const opened = await openCluster();
    addTwo(opened.cluster);
    // What is not carried out never becomes ready.
    return opened.harness(driverOf(opened, { ...replicas, readyWithinMs: 1_000 }));
  },
);

describeDriverContract(
  'The Kubernetes driver of a Service',
  { remembersOperations: false, commands: ['promote', 'rollBack'], weights: [0, 100] },
  async () => {
    const opened = await openCluster();
    addBlueGreen(opened.cluster);
    return opened.harness(driverOf(opened, blueGreen));
  },
);

let opened: OpenCluster;
let cluster: TestCluster;
beforeEach(async () => {
  opened = await openCluster();
  cluster = opened.cluster;
});
afterEach(() => opened.close());

describe('A Deployment', () => {
  const withImage = { ...rolling, image: 'registry.example.com/shop/web' };
  let driver: DeploymentDriver;
  beforeEach(() => {
    addDeployment(cluster, 'web', { version: '2.3.0', replicas: 4 });
    driver = driverOf(opened, withImage);
  });

  it('gets the image of the version, and says for each step how far it is', async () => {
    expect(await observe(driver)).toMatchObject({
      stableVersion: '2.3.0',
      candidateVersion: null,
      weight: 0,
    });
    cluster.podsAtOnce = 1;
    await command(driver, 'promote');
    expect(cluster.get('deployments', 'web').spec.template.spec.containers[0].image).toBe(
      'registry.example.com/shop/web:2.4.0',
    );
    // Not seen yet: what its status says is about the version before.
    expect(await observe(driver)).toMatchObject({ generation: { wanted: 2, seen: 1 } });
    expect(await observe(driver)).toMatchObject({
      ...{ generation: { wanted: 2, seen: 2 }, status: { kind: 'progressing' } },
    });
    cluster.settle();
    expect(await observe(driver)).toMatchObject({
      ...{ stableVersion: '2.3.0', candidateVersion: '2.4.0', weight: 100, status: { kind: 'done' } },
      ...{ countedWeight: { weight: 4, total: 4 }, progress: { updated: 4, total: 4 } },
    });
  });

  it('goes back to the earlier revision, which becomes the newest, without the label of its ReplicaSet', async () => {
    await command(driver, 'promote');
    cluster.settle();
    await rollBack(driver);
    cluster.settle();
    const { spec } = cluster.get('deployments', 'web');
    expect(spec.template).toEqual(templateOf('web', '2.3.0'));
    expect(cluster.replicaSetsOf(cluster.get('deployments', 'web'))).toHaveLength(2);
    expect(cluster.requests.filter((each) => each.startsWith('PATCH'))).toEqual(
      Array(2).fill('PATCH /apis/apps/v1/namespaces/shop/deployments/web application/json-patch+json'),
    );
  });

  it('says why no pod becomes ready, and not before it has seen the change', async () => {
    cluster.stuck = true;
    await command(driver, 'promote');
    expect((await observe(driver)).generation).toEqual({ wanted: 2, seen: 1 });
    cluster.settle();
    expect((await observe(driver)).status).toEqual({
      kind: 'failed',
      reason: 'ReplicaSet "web" has timed out progressing.',
    });
    cluster.stuck = false;
    await rollBack(driver);
    // The failure is of the change before.
    const { generation } = await observe(driver);
    expect(generation?.seen).toBeLessThan(generation?.wanted ?? 0);
    cluster.settle();
    expect(await observe(driver)).toMatchObject({ weight: 0, status: { kind: 'done' } });
  });

  it('is read again when somebody else is faster, and given up when that never ends', async () => {
    let times = 2;
    const deployment = cluster.get('deployments', 'web');
    cluster.meanwhile = () => {
      if (times-- > 0) cluster.touch(deployment);
    };
    await command(driver, 'promote');
    cluster.settle();
    expect((await observe(driver)).weight).toBe(100);
    cluster.meanwhile = () => cluster.touch(deployment);
    await expect(rollBack(driver)).rejects.toThrow('is being changed by something else all the time');
  });

  it('pauses in mid-way with a share of pods, and goes on', async () => {
    cluster.podsAtOnce = 1;
    await command(driver, 'promote');
    await observe(driver);
    await command(driver, 'pause');
    cluster.settle();
    const { status, weight } = await observe(driver);
    expect(status.kind).toBe('paused');
    expect(weight).toBeGreaterThan(0);
    expect(weight).toBeLessThan(100);
    await command(driver, 'resume');
    cluster.settle();
    expect((await observe(driver)).weight).toBe(100);
  });

  it('that has another version by now is left alone by a rollback', async () => {
    await command(driver, 'promote');
    cluster.settle();
    cluster.change(cluster.get('deployments', 'web'), { template: templateOf('web', '2.5.0') });
    cluster.settle();
    await rollBack(driver);
    expect(await observe(driver)).toMatchObject({
      stableVersion: '2.5.0',
      candidateVersion: '2.4.0',
      weight: 0,
    });
  });

  it.each(['2.4.0+build.7', 'a b', '-x'])('can not get %j as the tag of its image', async (version) => {
    await expect(command(driver, 'promote', 'one', version)).rejects.toThrow("can't be the tag of an image");
  });

  it('without an earlier revision can not go back', async () => {
    const only = driverOf(opened, rolling);
    const target = { name: 'web', version: '2.3.0' };
    await expect(
      only.commands.rollBack?.run({ target, operation: { id: 'back', returned: null } }),
    ).rejects.toThrow('keeps no revision before 2.3.0');
  });

  it('that does not exist, or is not to be changed, is said in the words of Kubernetes', async () => {
    const missing = driverOf(opened, { ...rolling, deployment: 'api' });
    await expect(observe(missing)).rejects.toThrow(
      'Kubernetes answered HTTP 404: deployments "api" not found',
    );
    cluster.behaviour = 'refuse';
    await expect(command(driver, 'promote')).rejects.toThrow(
      'Kubernetes answered HTTP 403: deployments "web" is forbidden: User with … cannot patch resource',
    );
  });
});

describe('Replicas of two Deployments', () => {
  it('are added on one side before the other loses any', async () => {
    addTwo(cluster);
    const driver = driverOf(opened, replicas);
    await setWeight(driver, { weight: 50 });
    const scaled = cluster.requests.filter((each) => each.startsWith('PATCH'));
    expect(scaled).toEqual([
      'PATCH /apis/apps/v1/namespaces/shop/deployments/web-next/scale application/merge-patch+json',
      'PATCH /apis/apps/v1/namespaces/shop/deployments/web/scale application/merge-patch+json',
    ]);
    expect(cluster.get('deployments', 'web-next').status.availableReplicas).toBe(5);
  });

  it('that do not become ready take none from the stable side', async () => {
    addTwo(cluster);
    cluster.stuck = true;
    const driver = driverOf(opened, { ...replicas, readyWithinMs: 300 });
    await expect(setWeight(driver, { weight: 50 })).rejects.toThrow(
      'Only 0 of 5 pods of web-next are ready, so web keeps its own.',
    );
    expect(cluster.get('deployments', 'web').spec.replicas).toBe(10);
  });

  it('can not be split as finely as one likes, which is known before', async () => {
    addTwo(cluster);
    const driver = driverOf(opened, replicas);
    expect(driver.commands.setWeight?.nearestWeight?.(26)).toBe(30);
    await expect(setWeight(driver, { weight: 26 })).rejects.toThrow(
      "10 replicas can't be split at 26 %: the nearest is 30 %.",
    );
  });

  it('that something else scales meanwhile are left as they are', async () => {
    addTwo(cluster);
    const driver = driverOf(opened, replicas);
    let first = true;
    cluster.meanwhile = () => {
      if (first)
        setTimeout(() => cluster.change(cluster.get('deployments', 'web-next'), { replicas: 1 }), 20);
      first = false;
    };
    cluster.stuck = true;
    await setWeight(driver, { weight: 50 });
    expect(cluster.get('deployments', 'web').spec.replicas).toBe(10);
  });
});

describe('A Service', () => {
  it('selects the other side, and keeps the rest of its selector', async () => {
    addBlueGreen(cluster);
    await command(driverOf(opened, blueGreen), 'promote');
    expect(cluster.get('services', 'shop').spec.selector).toEqual({ app: 'shop', track: 'green' });
  });

  it('is not switched to pods that are not ready, nor back to none', async () => {
    addBlueGreen(cluster);
    const driver = driverOf(opened, blueGreen);
    cluster.change(cluster.get('deployments', 'green'), { replicas: 3 });
    await expect(command(driver, 'promote')).rejects.toThrow('Only 2 of 3 pods of green are ready.');
    cluster.settle();
    await command(driver, 'promote');
    cluster.change(cluster.get('deployments', 'blue'), { replicas: 0 });
    cluster.settle();
    await expect(rollBack(driver)).rejects.toThrow('blue has no ready pods, so nobody would be served.');
    expect((await observe(driver)).weight).toBe(100);
  });

  it('that selects neither side is said to', async () => {
    addBlueGreen(cluster);
    cluster.change(cluster.get('services', 'shop'), { selector: { track: 'red' } });
    expect((await observe(driverOf(opened, blueGreen))).status).toEqual({
      kind: 'failed',
      reason: 'service shop selects neither side by track (red)',
    });
  });
});
