import { writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { stringify } from 'yaml';
import { startServer } from '../serve.ts';
import { stepDeployment } from './deployment-controller.ts';
import { jsonPatch, mergePatch, type Tree } from './patches.ts';

// biome-ignore lint/suspicious/noExplicitAny: as loose as the JSON that it stands for
export type Resource = any;

export type ClusterBehaviour = 'sound' | 'refuse' | 'ignore' | 'late';

/** A step of the controller of one kind of resource; false when nothing is left to do. */
export type Controller = (cluster: TestCluster, resource: Resource) => boolean;

const token = 'a-token-of-a-service-account';
const namespace = 'shop';
const resourcePath =
  /^\/(?:api\/v1|apis\/(?:apps\/v1|argoproj\.io\/v1alpha1))\/namespaces\/shop\/(deployments|replicasets|services|rollouts)(?:\/([a-z0-9.-]+))?(?:\/(scale|status))?$/;

/**
 * A strict double of Kubernetes' API: verb, path, content type, token, resource versions and generations are as they
 * are there. Its controllers take a step after each reading, so what was just changed is not seen at once.
 */
export class TestCluster {
  readonly token = token;
  readonly resources = new Map<string, Resource>();
  behaviour: ClusterBehaviour = 'sound';
  /** Pods of a new version never become ready. */
  stuck = false;
  /** How many pods come or go with each step. */
  podsAtOnce = 100;
  /** Called before each change, as somebody who is faster. */
  meanwhile: (() => void) | null = null;
  /** `PATCH /apis/… application/json-patch+json` */
  readonly requests: string[] = [];
  url = '';
  close: () => Promise<void> = async () => undefined;
  readonly #controllers: Record<string, Controller> = { deployments: stepDeployment };
  #version = 1;
  #uid = 1;

  async start(): Promise<void> {
    const { url, close } = await startServer((request, response) => void this.#serve(request, response));
    Object.assign(this, { url, close });
  }

  /** Writes a kubeconfig by which it is reached. */
  async writeKubeconfig(path: string): Promise<void> {
    const config = {
      'current-context': 'tests',
      contexts: [{ name: 'tests', context: { cluster: 'tests', user: 'tminus' } }],
      clusters: [{ name: 'tests', cluster: { server: this.url } }],
      users: [{ name: 'tminus', user: { token } }],
    };
    await writeFile(path, stringify(config));
  }

  control(kind: string, controller: Controller): void {
    this.#controllers[kind] = controller;
  }

  add(
    kind: string,
    name: string,
    { spec, labels = {} }: { spec: Tree; labels?: Record<string, string> },
  ): Resource {
    const uid = `uid-${this.#uid++}`;
    const creationTimestamp = new Date(this.#version * 1_000).toISOString();
    const metadata = { name, namespace, uid, creationTimestamp, generation: 1, labels, annotations: {} };
    const resource: Resource = { metadata, spec, status: { observedGeneration: 0, conditions: [] } };
    this.resources.set(`${kind}/${name}`, resource);
    this.touch(resource);
    return resource;
  }

  get(kind: string, name: string): Resource {
    return this.resources.get(`${kind}/${name}`);
  }

  touch(resource: Resource): void {
    this.#version += 1;
    resource.metadata.resourceVersion = String(this.#version);
  }

  /** Somebody else changes the spec of a resource. */
  change(resource: Resource, spec: Tree): void {
    resource.spec = mergePatch(resource.spec, spec);
    resource.metadata.generation += 1;
    this.touch(resource);
  }

  replicaSetsOf({ metadata }: Resource): Resource[] {
    return this.#list('replicasets').filter(({ metadata: { ownerReferences } }) =>
      ownerReferences.some(({ uid }: { uid: string }) => uid === metadata.uid),
    );
  }

  /** What has the template of a Rollout: itself, or the Deployment that it refers to. */
  templateHolder(rollout: Resource): Resource {
    const { workloadRef } = rollout.spec;
    return workloadRef ? this.get('deployments', workloadRef.name) : rollout;
  }

  /** A set for the template that a workload has now. */
  addReplicaSet(owner: Resource, hashLabel: string, holder: Resource = owner): Resource {
    const hash = `hash${this.#uid}`;
    const template = structuredClone(holder.spec.template);
    template.metadata.labels[hashLabel] = hash;
    const labels = template.metadata.labels;
    const set = this.add('replicasets', `${owner.metadata.name}-${hash}`, { spec: { template }, labels });
    set.metadata.ownerReferences = [{ uid: owner.metadata.uid, controller: true }];
    set.status = { availableReplicas: 0 };
    return set;
  }

  /** Lets the controllers do all that is left to do. */
  settle(): void {
    for (let rounds = 0; rounds < 10_000; rounds += 1) if (!this.#step()) return;
    throw new Error('the controllers do not come to an end');
  }

  #step(): boolean {
    const moved = Object.entries(this.#controllers).flatMap(([kind, step]) =>
      this.#list(kind).map((resource) => step(this, resource)),
    );
    return moved.includes(true);
  }

  #list(kind: string): Resource[] {
    return [...this.resources].flatMap(([key, resource]) => (key.startsWith(`${kind}/`) ? [resource] : []));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    const fail = (code: number, reason: string, message: string) =>
      answer(code, { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message });
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://cluster');
    const type = request.headers['content-type'] ?? '';
    this.requests.push(`${request.method} ${pathname} ${type}`.trim());
    if (request.headers.authorization !== `Bearer ${token}`) return fail(401, 'Unauthorized', 'Unauthorized');
    const [, kind = '', name, sub] = resourcePath.exec(pathname) ?? [];
    if (kind === '') return fail(404, 'NotFound', 'the server could not find the requested resource');
    if (name === undefined) {
      if (request.method !== 'GET') return fail(405, 'MethodNotAllowed', 'not allowed');
      answer(200, {
        items: this.#list(kind).filter((each) => isSelected(each, searchParams.get('labelSelector'))),
      });
      this.#step();
      return;
    }
    const resource = this.get(kind, name);
    if (!resource) return fail(404, 'NotFound', `${kind} "${name}" not found`);
    if (request.method === 'GET') {
      answer(200, resource);
      this.#step();
      return;
    }
    if (request.method !== 'PATCH') return fail(405, 'MethodNotAllowed', 'not allowed');
    if (this.behaviour === 'refuse')
      return fail(
        403,
        'Forbidden',
        `${kind} "${name}" is forbidden: User with ${token} cannot patch resource`,
      );
    this.meanwhile?.();
    const body = JSON.parse(Buffer.concat(chunks).toString());
    if (!['application/merge-patch+json', 'application/json-patch+json'].includes(type))
      return fail(415, 'UnsupportedMediaType', `the body of the request was in an unknown format - ${type}`);
    const patched = type.startsWith('application/json-patch')
      ? jsonPatch(resource, body)
      : (mergePatch(resource, body) as Resource);
    if (!patched)
      return fail(422, 'Invalid', 'the server rejected our request due to an error in our request');
    if (patched.metadata.resourceVersion !== resource.metadata.resourceVersion)
      return fail(
        409,
        'Conflict',
        'the object has been modified; please apply your changes to the latest version',
      );
    if (this.behaviour !== 'ignore') this.#store(resource, patched, sub);
    if (this.behaviour !== 'late') answer(200, resource);
  }

  /** What a subresource does not have is left as it is, silently. */
  #store(resource: Resource, patched: Resource, sub: string | undefined): void {
    if (sub === 'status') resource.status = patched.status;
    else {
      const spec = sub === 'scale' ? { ...resource.spec, replicas: patched.spec.replicas } : patched.spec;
      if (JSON.stringify(spec) !== JSON.stringify(resource.spec)) resource.metadata.generation += 1;
      resource.spec = spec;
    }
    this.touch(resource);
  }
}

function isSelected({ metadata }: Resource, selector: string | null): boolean {
  const wanted = (selector ?? '').split(',').map((term) => term.split('='));
  return wanted.every(([key = '', value]) => metadata.labels[key] === value);
}
