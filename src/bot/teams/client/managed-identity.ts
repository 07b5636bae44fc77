import { ManagedIdentityCredential } from '@azure/identity';
import { withinTime } from '../../requests/in-progress.ts';
import { type CredentialsFactory, credentialsFrom } from './credentials-factory.ts';

/** Azure's endpoint is on the machine itself; where there is none, connecting may hang. Milliseconds. */
const timeoutMs = 15_000;

/**
 * What an app proves itself with that is a managed identity of the machine. That alone is asked for: the SDK would first
 * take what other credentials the environment holds (`AZURE_CLIENT_SECRET` and the like), which may be another app's.
 */
export function createManagedIdentity(appId: string, scope: string): CredentialsFactory {
  const identity = new ManagedIdentityCredential({ clientId: appId });
  return credentialsFrom(appId, async () => {
    const asked = identity.getToken(`${scope}/.default`);
    if (!(await withinTime(asked, timeoutMs))) {
      asked.catch(() => undefined);
      throw new Error('The machine named no managed identity in time. Is tminus running in Azure?');
    }
    return (await asked).token;
  });
}
