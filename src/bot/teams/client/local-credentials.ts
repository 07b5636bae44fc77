import { createFetch } from '../../../lib/http/create-fetch.ts';
import { isLoopback } from '../../../lib/is-loopback.ts';
import { type CredentialsFactory, credentialsFrom } from './credentials-factory.ts';

interface LocalApp {
  appId: string;
  tenantId: string;
  secret: string;
  /** Such as `http://127.0.0.1:3978/teams/login`. */
  loginUrl: string;
  openIdMetadataUrl: string;
}

const localFetch = createFetch({ maxBytes: 64 * 1024, timeoutMs: 5_000 });
/** A token is renewed so long before it ends, in milliseconds. */
const marginMs = 60_000;

/**
 * Credentials for a Teams on this machine. It is the same exchange as Microsoft's, which the SDK makes over https only.
 * @throws Error when an address is not of this machine.
 */
export function createLocalCredentials(app: LocalApp): CredentialsFactory {
  for (const url of [app.loginUrl, app.openIdMetadataUrl]) {
    if (!isLoopback(new URL(url).hostname))
      throw new Error(`a local Teams is on this machine, not at ${url}`);
  }
  let token: { value: Promise<string>; until: number } | null = null;
  const getToken = () => {
    if (token && Date.now() < token.until) return token.value;
    const asked = { value: Promise.resolve(''), until: Number.POSITIVE_INFINITY };
    asked.value = requestToken(app).then(({ value, lifetimeMs }) => {
      asked.until = Date.now() + lifetimeMs - marginMs;
      return value;
    });
    asked.value.catch(() => {
      if (token === asked) token = null;
    });
    token = asked;
    return asked.value;
  };
  return credentialsFrom(app.appId, getToken);
}

async function requestToken({ appId, tenantId, secret, loginUrl }: LocalApp) {
  const answer = await localFetch(`${loginUrl}/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: appId,
      client_secret: secret,
      scope: 'https://api.botframework.com/.default',
    }).toString(),
  });
  const { access_token: value, expires_in: seconds } = (await answer.json()) as Record<string, unknown>;
  if (!answer.ok || typeof value !== 'string') throw new Error(`no token was issued: HTTP ${answer.status}`);
  return { value, lifetimeMs: Number(seconds ?? 0) * 1_000 };
}
