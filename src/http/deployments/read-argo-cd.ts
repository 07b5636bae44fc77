import * as z from 'zod';
import type { DeploymentSource } from '../../config/deployments-schema.ts';
import { type DeploymentNews, deployedVersion, problemOf } from './deployment-news.ts';

/** What the template in the documents makes of a notification. */
const Notification = z.strictObject({
  application: z.string().max(255),
  version: z.string().min(1).max(100),
  phase: z.string().max(40),
  health: z.string().max(40),
});

export function readArgoCd(
  { product }: Extract<DeploymentSource, { kind: 'argo-cd' }>,
  body: unknown,
): DeploymentNews {
  const read = Notification.safeParse(body);
  if (!read.success) return { kind: 'problem', problem: problemOf(read.error) };
  const { application, version, phase, health } = read.data;
  if (phase !== 'Succeeded' || health !== 'Healthy')
    return { kind: 'ignored', why: `${application} is ${phase} and ${health}` };
  return deployedVersion(product, version, { percent: 100, note: `Application ${application} in Argo CD` });
}
