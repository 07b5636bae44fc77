import { createHash, verify, X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import https, { Agent, createServer } from 'node:https';
import { type AddressInfo, connect as connectSocket } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect } from 'node:tls';
import { onTestFinished } from 'vitest';
import { makeCertificate } from './certificates.ts';

const host = 'login.microsoftonline.com';
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** Microsoft asks for five to ten minutes at most; its own library takes the longer. Seconds. */
const longestLifetime = 600;

interface Registration {
  tenantId: string;
  appId: string;
  /** The certificate that was uploaded for the app, in PEM. */
  certificate: string;
  /** Issues what the app is given in exchange. */
  issue: () => Promise<{ token: string; expiresIn: number }>;
}

/** What was wrong with a request; the code is Microsoft's. */
class EntraRefusal extends Error {}

/**
 * Microsoft's token endpoint for an app with a certificate, for as long as the test runs: whoever connects to
 * login.microsoftonline.com from here, with Node's own client, reaches it over TLS. Strict where the documentation of
 * certificate credentials says what has to be in an assertion. Returns what it was asked.
 */
export async function playEntra(registration: Registration): Promise<{ asked: string[] }> {
  const own = await makeCertificate(host);
  const asked: string[] = [];
  const seen = new Set<string>();
  const server = createServer({ cert: own.certificate, key: own.key }, async (request, response) => {
    asked.push(`${request.method} https://${request.headers.host}${request.url?.split('?')[0]}`);
    const send = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    try {
      await checkRequest(request, registration, seen);
      const { token, expiresIn } = await registration.issue();
      send(200, {
        token_type: 'Bearer',
        expires_in: expiresIn,
        ext_expires_in: expiresIn,
        access_token: token,
      });
    } catch (error) {
      send(error instanceof EntraRefusal ? 401 : 400, {
        error: 'invalid_client',
        error_description: error instanceof Error ? error.message : '',
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const usual = https.globalAgent;
  https.globalAgent = new HereAgent(port, own.certificate);
  onTestFinished(async () => {
    https.globalAgent = usual;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { asked };
}

/** Connects to this machine, wherever it should go, and still checks whom it meets. */
class HereAgent extends Agent {
  readonly #port: number;
  readonly #ca: string;

  constructor(port: number, ca: string) {
    super();
    this.#port = port;
    this.#ca = ca;
  }

  override createConnection(options: { servername?: string; host?: string }) {
    const servername = options.servername ?? options.host ?? '';
    if (servername !== host) throw new Error(`${servername} is not played here`);
    const socket = connectSocket({ host: '127.0.0.1', port: this.#port });
    return connect({ socket, servername, ca: this.#ca });
  }
}

async function checkRequest(
  request: IncomingMessage,
  { tenantId, appId, certificate }: Registration,
  seen: Set<string>,
): Promise<void> {
  const endpoint = `/${tenantId}/oauth2/v2.0/token`;
  if (request.method !== 'POST' || request.url?.split('?')[0] !== endpoint)
    throw new EntraRefusal('AADSTS90002: No such tenant or endpoint.');
  if (!request.headers['content-type']?.startsWith('application/x-www-form-urlencoded'))
    throw new EntraRefusal('AADSTS900144: The request body must be a form.');
  const form = new URLSearchParams(await text(request));
  const expected = {
    client_id: appId,
    grant_type: 'client_credentials',
    client_assertion_type: assertionType,
  };
  for (const [name, value] of Object.entries(expected))
    if (form.get(name) !== value) throw new EntraRefusal(`AADSTS90014: ${name} is ${form.get(name)}.`);
  if (form.has('client_secret')) throw new EntraRefusal('AADSTS7000216: A secret beside an assertion.');
  if (!form.get('scope')?.split(' ').includes('https://api.botframework.com/.default'))
    throw new EntraRefusal('AADSTS70011: The scope is not that of the Bot Framework.');
  const audience = `https://${host}${endpoint}`;
  const { jti } = readAssertion(form.get('client_assertion') ?? '', { appId, audience, certificate });
  if (seen.has(jti)) throw new EntraRefusal('AADSTS700025: The assertion was used before.');
  seen.add(jti);
}

/** Checks a signed assertion as the documentation describes it. Returns its id. */
function readAssertion(
  assertion: string,
  { appId, audience, certificate }: { appId: string; audience: string; certificate: string },
): { jti: string } {
  const [header = '', payload = '', signature = ''] = assertion.split('.');
  const { alg, typ, ...named } = parse(header);
  const { aud, iss, sub, jti, nbf, exp } = parse(payload);
  const known = new X509Certificate(certificate);
  if (typ !== 'JWT' || alg !== 'RS256') throw new EntraRefusal(`AADSTS50027: ${alg} of ${typ} is not taken.`);
  if (named.x5t !== createHash('sha1').update(known.raw).digest('base64url'))
    throw new EntraRefusal('AADSTS700027: The certificate with this thumbprint is not registered.');
  const bytes = Buffer.from(signature, 'base64url');
  if (!verify('sha256', Buffer.from(`${header}.${payload}`), known.publicKey, bytes))
    throw new EntraRefusal('AADSTS700027: The signature is not by the key of the certificate.');
  if (aud !== audience || iss !== appId || sub !== appId)
    throw new EntraRefusal('AADSTS700023: The assertion is for somebody else.');
  const now = Date.now() / 1_000;
  if (!(Number(nbf) <= now + 1 && now < Number(exp)) || Number(exp) - Number(nbf) > longestLifetime)
    throw new EntraRefusal('AADSTS700024: The assertion is not within its valid time range.');
  if (typeof jti !== 'string' || jti === '') throw new EntraRefusal('AADSTS50027: The assertion has no id.');
  return { jti };
}

function parse(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
}
