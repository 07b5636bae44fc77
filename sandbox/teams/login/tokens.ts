import { jwtVerify, SignJWT } from 'jose';
import type { wrongTokens } from '../../teams-control-api.ts';
import { makeStrangeKey, type SigningKey } from './keys.ts';

export const botFrameworkIssuer = 'https://api.botframework.com';
const lifetimeSeconds = { activity: 300, connector: 3_600 };
/** Beyond what any library forgives for clocks that differ. */
const longAgoSeconds = 3_600;

export interface ActivityClaims {
  appId: string;
  serviceUrl: string;
  /** Epoch ms of the machine's clock. */
  wallMs: number;
}

/** The bearer of an activity; null for none. `wrong`: what is not right about it. */
export function signActivity(key: SigningKey, claims: ActivityClaims): Promise<string>;
export function signActivity(
  key: SigningKey,
  claims: ActivityClaims,
  wrong: (typeof wrongTokens)[number] | undefined,
): Promise<string | null>;
export async function signActivity(
  key: SigningKey,
  { appId, serviceUrl, wallMs }: ActivityClaims,
  wrong?: (typeof wrongTokens)[number],
): Promise<string | null> {
  if (wrong === 'none') return null;
  const issuedAt = Math.floor(wallMs / 1_000) - (wrong === 'expired' ? longAgoSeconds : 0);
  // A forged one names the key that everybody knows.
  const signer = wrong === 'forged' ? (await makeStrangeKey()).privateKey : key.privateKey;
  const claims = {
    serviceurl: wrong === 'wrong-service' ? 'https://elsewhere.example/' : serviceUrl,
    ...(wrong === 'wrong-tenant' ? { tid: '00000000-0000-4000-a000-000000000001' } : {}),
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: key.id, x5t: key.id })
    .setIssuer(wrong === 'wrong-issuer' ? 'https://elsewhere.example' : botFrameworkIssuer)
    .setAudience(wrong === 'wrong-audience' ? '00000000-0000-4000-a000-000000000000' : appId)
    .setNotBefore(issuedAt)
    .setExpirationTime(issuedAt + lifetimeSeconds.activity)
    .sign(signer);
}

/** What an app shows the connector; answers it and how long it holds, in seconds. */
export async function issueConnectorToken(
  key: SigningKey,
  { appId, wallMs }: Pick<ActivityClaims, 'appId' | 'wallMs'>,
): Promise<{ token: string; expiresIn: number }> {
  const issuedAt = Math.floor(wallMs / 1_000);
  const token = await new SignJWT({ appid: appId })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: key.id })
    .setAudience(botFrameworkIssuer)
    .setNotBefore(issuedAt)
    .setExpirationTime(issuedAt + lifetimeSeconds.connector)
    .sign(key.privateKey);
  return { token, expiresIn: lifetimeSeconds.connector };
}

/** Whether a bearer was issued here for this app and still holds. */
export async function isConnectorToken(
  key: SigningKey,
  token: string,
  { appId, wallMs }: Pick<ActivityClaims, 'appId' | 'wallMs'>,
): Promise<boolean> {
  try {
    const { payload } = await jwtVerify(token, key.publicJwk, {
      audience: botFrameworkIssuer,
      algorithms: ['RS256'],
      currentDate: new Date(wallMs),
    });
    return payload.appid === appId;
  } catch {
    return false;
  }
}
