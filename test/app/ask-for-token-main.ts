import { createAuthentication } from '../../src/bot/teams/client/authentication.ts';
import { errorMessage } from '../../src/lib/error-message.ts';

/**
 * A process that has a managed identity, since Azure's library looks only once where that is: for each of the given apps
 * it asks for a token, twice, and prints what it got.
 */
const tenantId = '0f1f35d6-52a7-4d0e-8a3c-000000000002';
const answers = [];
for (const appId of process.argv.slice(2)) {
  const app = { appId, tenantId, credential: { type: 'managed-identity' as const } };
  const { getToken } = createAuthentication(app, new Set());
  for (const ask of [getToken, getToken]) answers.push(await ask().catch(errorMessage));
}
console.log(JSON.stringify(answers));
