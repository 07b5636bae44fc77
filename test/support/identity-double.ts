import type { IncomingMessage, ServerResponse } from 'node:http';
import { serve } from './serve.ts';

interface Identity {
  /** Of the user-assigned identity. */
  clientId: string;
  issue: () => Promise<{ token: string; expiresIn: number }>;
}

/** Where Azure says on a machine who it is: a virtual machine's metadata service, and App Service's endpoint. */
type IdentityPlace = 'imds' | 'app-service';

const resource = 'https://api.botframework.com';
const headerOfAppService = 'the-header-of-this-instance';

/**
 * A managed identity of this machine, for as long as the test runs. Returns the environment of a process that finds it
 * as in Azure (a virtual machine has a fixed address instead, which a variable of AKS moves here), and what it was asked.
 */
export async function playIdentity(
  place: IdentityPlace,
  identity: Identity,
): Promise<{ env: Record<string, string>; asked: string[] }> {
  const asked: string[] = [];
  const url = await serve((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    void (place === 'imds' ? answerImds : answerAppService)(request, response, identity);
  });
  const env =
    place === 'imds'
      ? { AZURE_POD_IDENTITY_AUTHORITY_HOST: url }
      : { IDENTITY_ENDPOINT: `${url}/msi/token`, IDENTITY_HEADER: headerOfAppService };
  return { env, asked };
}

async function answerImds(request: IncomingMessage, response: ServerResponse, identity: Identity) {
  const url = new URL(request.url ?? '', 'http://here');
  const query = url.searchParams;
  if (!/^\/metadata\/identity\/oauth2\/token\/?$/.test(url.pathname))
    return refuse(response, 404, 'not_found');
  if (request.headers.metadata !== 'true') return refuse(response, 400, 'bad_request_102');
  // A request that was passed on from elsewhere.
  if (request.headers['x-forwarded-for']) return refuse(response, 400, 'bad_request_102');
  if (query.get('api-version') !== '2018-02-01') return refuse(response, 400, 'invalid_request');
  await answer(response, query, identity);
}

async function answerAppService(request: IncomingMessage, response: ServerResponse, identity: Identity) {
  const url = new URL(request.url ?? '', 'http://here');
  const query = url.searchParams;
  if (!/^\/msi\/token\/?$/.test(url.pathname)) return refuse(response, 404, 'not_found');
  if (request.headers['x-identity-header'] !== headerOfAppService)
    return refuse(response, 401, 'unauthorized');
  if (query.get('api-version') !== '2019-08-01') return refuse(response, 400, 'invalid_request');
  await answer(response, query, identity);
}

async function answer(
  response: ServerResponse,
  query: URLSearchParams,
  { clientId, issue }: Identity,
): Promise<void> {
  if (query.get('client_id') !== clientId) return refuse(response, 400, 'invalid_request');
  if (query.get('resource') !== resource) return refuse(response, 400, 'invalid_resource');
  const { token, expiresIn } = await issue();
  const expiresOn = String(Math.floor(Date.now() / 1_000) + expiresIn);
  response.writeHead(200, { 'content-type': 'application/json' }).end(
    JSON.stringify({
      access_token: token,
      client_id: clientId,
      expires_on: expiresOn,
      resource,
      token_type: 'Bearer',
    }),
  );
}

function refuse(response: ServerResponse, status: number, error: string): void {
  const body = { error, error_description: 'Identity not found' };
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
