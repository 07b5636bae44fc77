import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../src/lib/clock.ts';
import type { DeploymentDriver } from '../../../src/services/ports/deployment-driver.ts';
import { type ClusterBehaviour, TestCluster } from '../../support/kubernetes/test-cluster.ts';
import { testAdapters } from '../../support/test-adapters.ts';
import type { DriverHarness } from '../driver-contract.ts';

export interface OpenCluster {
  cluster: TestCluster;
  /** Makes a driver of it, with settings besides those of the cluster. */
  open(settings: { type: string } & Record<string, unknown>): DeploymentDriver;
  /** How the contract of drivers has such a driver misbehave. */
  harness(driver: DeploymentDriver): DriverHarness;
  close(): Promise<void>;
}

/** A double of a cluster, and the kubeconfig by which drivers reach it. */
export async function openCluster(): Promise<OpenCluster> {
  const folder = await mkdtemp(join(tmpdir(), 'tminus-cluster-'));
  const kubeconfig = join(folder, 'config');
  const cluster = new TestCluster();
  await cluster.start();
  await cluster.writeKubeconfig(kubeconfig);
  const close = async () => {
    await cluster.close();
    await rm(folder, { recursive: true, force: true });
  };
  const become = (behaviour: ClusterBehaviour) => () => {
    cluster.behaviour = behaviour;
  };
  return {
    cluster,
    open: (settings) =>
      testAdapters.drivers.create(
        { kubeconfig, namespace: 'shop', timeoutMs: 2_000, ...settings },
        { clock: systemClock },
      ),
    harness: (driver) => ({
      driver,
      settle: async () => cluster.settle(),
      cutOff: () => cluster.close(),
      refuse: become('refuse'),
      ignore: become('ignore'),
      answerLate: become('late'),
      behave: become('sound'),
      secrets: [cluster.token],
      close,
    }),
    close,
  };
}
