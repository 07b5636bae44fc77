import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeploymentDriver } from '../../../src/services/ports/deployment-driver.ts';
import type { Resource, TestCluster } from '../../support/kubernetes/test-cluster.ts';
import { templateOf } from '../../support/kubernetes/test-deployment.ts';
import { command, observe, promoteStep, rollBack } from '../call-driver.ts';
import { describeDriverContract } from '../driver-contract.ts';
import { type OpenCluster, openCluster } from '../kubernetes/open-cluster.ts';
import { stepRollout } from './rollout-controller.ts';

const pause = { pause: {} };
const steps = [pause, { setWeight: 10 }, pause, { setWeight: 50 }, pause];
const mainPath = '/apis/argoproj.io/v1alpha1/namespaces/shop/rollouts/web';

/** A Rollout whose 2.3.0 has all traffic, and to which 2.4.0 was deployed: it waits at its first pause. */
function addRollout(cluster: TestCluster, ofSteps: readonly object[] = steps): Resource {
  cluster.control('rollouts', stepRollout);
  const selector = { matchLabels: { app: 'web' } };
  const spec = {
    replicas: 4,
    selector,
    template: templateOf('web', '2.3.0'),
    strategy: { canary: { steps: ofSteps } },
  };
  const rollout = cluster.add('rollouts', 'web', { spec });
  rollout.status.observedGeneration = '0';
  cluster.settle();
  cluster.change(rollout, { template: templateOf('web', '2.4.0') });
  cluster.settle();
  return rollout;
}
const driverOf = ({ open }: OpenCluster) => open({ type: 'argo-rollouts', rollout: 'web' });

describeDriverContract(
  'The driver of Argo Rollouts',
  {
    remembersOperations: false,
    commands: ['promoteStep', 'promote', 'rollBack', 'abort', 'pause', 'resume'],
    weights: [0, 10, 50, 100],
    takesSeveralCalls: true,
  },
  async () => {
    const opened = await openCluster();
    addRollout(opened.cluster);
    return opened.harness(driverOf(opened));
  },
);

let opened: OpenCluster;
let cluster: TestCluster;
let driver: DeploymentDriver;
beforeEach(async () => {
  opened = await openCluster();
  cluster = opened.cluster;
  driver = driverOf(opened);
});
afterEach(() => opened.close());

const step = async (weight: number) => {
  await promoteStep(driver, { weight });
  cluster.settle();
};
const patches = () => cluster.requests.filter((each) => each.startsWith('PATCH'));

describe('A step of a Rollout', () => {
  it('that waits at a pause is taken by its status alone', async () => {
    addRollout(cluster);
    await step(10);
    expect(await observe(driver)).toMatchObject({
      ...{ stableVersion: '2.3.0', candidateVersion: '2.4.0', weight: 10, countedWeight: null },
      status: { kind: 'paused', reason: 'CanaryPauseStep' },
    });
    expect(patches()).toEqual([`PATCH ${mainPath}/status application/merge-patch+json`]);
  });

  it('given again does not take the next one', async () => {
    const rollout = addRollout(cluster);
    await step(10);
    await step(10);
    expect(patches()).toHaveLength(1);
    expect(rollout.status.canary.weights.canary.weight).toBe(10);
  });

  it('that brings another share is refused, with the shares that there are', async () => {
    addRollout(cluster);
    await expect(promoteStep(driver, { weight: 25 })).rejects.toThrow(
      'The Rollout stops next at 10 %, not at 25 %. Its steps stop at 0, 10, 50, 100 %: plan these phases, or change its steps.',
    );
    expect(patches()).toEqual([]);
  });

  it('is taken although somebody paused the Rollout', async () => {
    const rollout = addRollout(cluster);
    await command(driver, 'pause');
    cluster.settle();
    expect((await observe(driver)).status).toEqual({ kind: 'paused', reason: null });
    await step(10);
    expect(rollout.spec.paused).toBe(false);
    expect((await observe(driver)).weight).toBe(10);
  });

  const judging = [{ setWeight: 10 }, { analysis: {} }, { setWeight: 50 }, pause];

  it('is taken in the middle of an analysis', async () => {
    const rollout = addRollout(cluster, judging);
    expect(rollout.status.currentStepIndex).toBe(1);
    await step(50);
    expect((await observe(driver)).weight).toBe(50);
  });

  it('is taken after an analysis that was inconclusive', async () => {
    const rollout = addRollout(cluster, judging);
    const pauseConditions = [{ reason: 'InconclusiveAnalysisRun' }];
    Object.assign(rollout.status, { pauseConditions, controllerPause: true, phase: 'Paused' });
    await step(50);
    expect(rollout.status.controllerPause).toBe(true);
    expect(await observe(driver)).toMatchObject({ weight: 50, status: { reason: 'CanaryPauseStep' } });
  });

  it('of a Rollout that was aborted is its first one', async () => {
    addRollout(cluster, [{ setWeight: 10 }, pause, { setWeight: 50 }, pause]);
    await command(driver, 'abort');
    cluster.settle();
    expect(await observe(driver)).toMatchObject({
      weight: 0,
      status: { kind: 'failed', reason: 'RolloutAborted: Rollout aborted update' },
    });
    await expect(promoteStep(driver, { weight: 50 })).rejects.toThrow('stops next at 10 %');
    await step(10);
    expect((await observe(driver)).weight).toBe(10);
  });
});

describe('A rollback of a Rollout', () => {
  it('in mid-way aborts first, then puts the stable template back', async () => {
    const rollout = addRollout(cluster);
    await step(10);
    await rollBack(driver);
    // Argo's controller may change it in between: then it is read anew.
    expect([...new Set(patches())]).toEqual([
      `PATCH ${mainPath}/status application/merge-patch+json`,
      `PATCH ${mainPath} application/json-patch+json`,
    ]);
    cluster.settle();
    expect(rollout.spec.template).toEqual(templateOf('web', '2.3.0'));
    expect(await observe(driver)).toMatchObject({
      stableVersion: '2.3.0',
      weight: 0,
      status: { kind: 'done' },
    });
  });

  it('from all traffic takes no steps', async () => {
    const rollout = addRollout(cluster);
    await command(driver, 'promote');
    cluster.settle();
    expect(await observe(driver)).toMatchObject({
      weight: 100,
      stableVersion: '2.3.0',
      status: { kind: 'done' },
    });
    await rollBack(driver);
    cluster.settle();
    expect(await observe(driver)).toMatchObject({
      weight: 0,
      stableVersion: '2.3.0',
      status: { kind: 'done' },
    });
    expect(rollout.status.stableRS).toBe(rollout.status.currentPodHash);
  });

  it('from all traffic goes on after it ended half-way', async () => {
    const rollout = addRollout(cluster);
    await command(driver, 'promote');
    cluster.settle();
    cluster.change(rollout, { template: templateOf('web', '2.3.0') });
    cluster.settle();
    expect((await observe(driver)).status.kind).toBe('paused');
    await rollBack(driver);
    cluster.settle();
    expect(await observe(driver)).toMatchObject({ weight: 0, status: { kind: 'done' } });
  });

  it('promotes no newer version that somebody else has deployed', async () => {
    const rollout = addRollout(cluster);
    await command(driver, 'promote');
    cluster.settle();
    cluster.change(rollout, { template: templateOf('web', '2.5.0') });
    cluster.settle();
    const before = patches().length;
    await rollBack(driver);
    expect(patches()).toHaveLength(before);
  });

  it('changes the Deployment that has the template', async () => {
    cluster.control('rollouts', stepRollout);
    // Its own controller does nothing with it: it has no replicas.
    const selector = { matchLabels: { app: 'web' } };
    const workload = cluster.add('deployments', 'web', {
      spec: { replicas: 0, paused: true, selector, template: templateOf('web', '2.3.0') },
    });
    const workloadRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
    const rollout = cluster.add('rollouts', 'web', {
      spec: { replicas: 4, workloadRef, strategy: { canary: { steps } } },
    });
    rollout.status.observedGeneration = '0';
    cluster.settle();
    cluster.change(workload, { template: templateOf('web', '2.4.0') });
    cluster.settle();
    await step(10);
    expect((await observe(driver)).weight).toBe(10);
    await rollBack(driver);
    cluster.settle();
    expect(workload.spec.template).toEqual(templateOf('web', '2.3.0'));
    expect((await observe(driver)).weight).toBe(0);
  });
});

it('An analysis of Argo that fails ends the promotion with its words', async () => {
  const rollout = addRollout(cluster);
  Object.assign(rollout.status, { abort: true });
  cluster.settle();
  expect((await observe(driver)).status).toEqual({
    kind: 'failed',
    reason: 'RolloutAborted: Rollout aborted update',
  });
});

it('Where no traffic is routed, a share is that of the pods', async () => {
  const rollout = addRollout(cluster);
  rollout.status.canary = {};
  const [old, fresh] = cluster.replicaSetsOf(rollout);
  old.status.availableReplicas = 3;
  fresh.status.availableReplicas = 1;
  expect(await observe(driver)).toMatchObject({ weight: 25, countedWeight: { weight: 1, total: 4 } });
});
