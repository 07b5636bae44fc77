import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { errorMessage } from '../error-message.ts';
import type { TlsFiles } from '../http/create-fetch.ts';
import { isHttpsOrLocal } from '../http/https-or-local.ts';
import type { ClusterSettings } from './cluster-settings.ts';

/** Where a cluster's API is, and as whom it is asked. */
export interface ClusterAccess {
  server: string;
  /** Null where a client certificate says who asks. */
  token: string | null;
  tls: TlsFiles;
}

/** Where Kubernetes puts what a pod may use. */
const serviceAccount = '/var/run/secrets/kubernetes.io/serviceaccount';

const text = z.string().optional();
const Cluster = z.looseObject({
  server: z.string(),
  'certificate-authority': text,
  'certificate-authority-data': text,
  'insecure-skip-tls-verify': z.boolean().optional(),
});
const User = z.looseObject({
  token: text,
  tokenFile: text,
  'client-certificate': text,
  'client-certificate-data': text,
  'client-key': text,
  'client-key-data': text,
});
const Kubeconfig = z.looseObject({
  'current-context': text,
  contexts: z.array(
    z.looseObject({ name: z.string(), context: z.looseObject({ cluster: z.string(), user: z.string() }) }),
  ),
  clusters: z.array(z.looseObject({ name: z.string(), cluster: Cluster })),
  users: z.array(z.looseObject({ name: z.string(), user: User })),
});

/** What of a cluster's access is read anew for each request: tokens last an hour. @throws Error that holds no secret */
export function readClusterAccess(
  { kubeconfig, context }: Pick<ClusterSettings, 'kubeconfig' | 'context'>,
  { env, folder } = { env: process.env, folder: serviceAccount },
): ClusterAccess {
  if (kubeconfig !== undefined) return fromKubeconfig(resolve(kubeconfig), context);
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = '443' } = env;
  if (!host)
    throw new Error(
      'tminus does not run in a Kubernetes cluster. Name a kubeconfig in the settings of the driver.',
    );
  return {
    server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    token: readText(`${folder}/token`),
    tls: { ca: readText(`${folder}/ca.crt`) },
  };
}

function fromKubeconfig(path: string, wanted: string | undefined): ClusterAccess {
  const read = Kubeconfig.safeParse(parseYaml(path));
  if (!read.success) throw new Error(`${path} is not a kubeconfig: ${read.error.issues[0]?.path.join('.')}.`);
  const config = read.data;
  const find = <Entry extends { name: string }>(
    list: readonly Entry[],
    name: string | undefined,
    what: string,
  ) => {
    const found = list.find((each) => each.name === name);
    if (found) return found;
    throw new Error(`${path} has no ${what} "${name ?? ''}".`);
  };
  const { context } = find(config.contexts, wanted ?? config['current-context'], 'context');
  const { cluster } = find(config.clusters, context.cluster, 'cluster');
  const { user } = find(config.users, context.user, 'user');
  refuseUnsafe(path, cluster, user);
  const server = cluster.server.replace(/\/+$/, '');
  if (!isHttpsOrLocal(server)) throw new Error(`${path} has a server that is not https.`);
  const folder = dirname(path);
  const ca = readPem(cluster['certificate-authority-data'], cluster['certificate-authority'], folder);
  const cert = readPem(user['client-certificate-data'], user['client-certificate'], folder);
  const key = readPem(user['client-key-data'], user['client-key'], folder);
  const token = user.tokenFile === undefined ? user.token : readText(resolve(folder, user.tokenFile));
  if (!token && !cert) throw new Error(`${path} has neither a token nor a certificate for its user.`);
  return {
    server,
    token: token ?? null,
    tls: { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) },
  };
}

function refuseUnsafe(path: string, cluster: z.infer<typeof Cluster>, user: z.infer<typeof User>): void {
  const program = ['exec', 'auth-provider'].find((key) => key in user);
  if (program !== undefined)
    throw new Error(
      `${path} asks a program for a token (${program}), which tminus does not run. Give it the token of a service account.`,
    );
  if (cluster['insecure-skip-tls-verify'] === true)
    throw new Error(
      `${path} does not check the cluster's certificate. Name its certificate-authority instead.`,
    );
}

/** What is given as base64 goes before what is given as a file. */
function readPem(data: string | undefined, file: string | undefined, folder: string): string | undefined {
  if (data !== undefined) return Buffer.from(data, 'base64').toString('utf8');
  return file === undefined ? undefined : readText(resolve(folder, file));
}

function parseYaml(path: string): unknown {
  const text = readText(path);
  try {
    return parse(text);
  } catch {
    // A parser's message quotes what it could not read.
    throw new Error(`${path} is not YAML.`);
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new Error(`${path} can't be read: ${errorMessage(error)}.`);
  }
}
