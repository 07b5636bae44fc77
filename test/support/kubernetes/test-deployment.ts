import type { Resource, TestCluster } from './test-cluster.ts';

/** A pod template with one container, whose image has the version as its tag. */
export function templateOf(app: string, version: string) {
  return {
    metadata: { labels: { app } },
    spec: { containers: [{ name: 'web', image: `registry.example.com/shop/web:${version}` }] },
  };
}

/** A Deployment that has settled. */
export function addDeployment(
  cluster: TestCluster,
  name: string,
  { version, replicas }: { version: string; replicas: number },
): Resource {
  const template = templateOf(name, version);
  const spec = { replicas, paused: false, selector: { matchLabels: { app: name } }, template };
  const deployment = cluster.add('deployments', name, { spec });
  cluster.settle();
  return deployment;
}
