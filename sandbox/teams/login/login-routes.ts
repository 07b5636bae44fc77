import type { FastifyInstance } from 'fastify';
import { isObject, stringOf } from '../../workspace/json.ts';
import type { TeamsCore } from '../core.ts';
import { botFrameworkIssuer, issueConnectorToken } from './tokens.ts';

const scope = 'https://api.botframework.com/.default';

const formType = 'application/x-www-form-urlencoded';

/** Registers who signs activities (OpenID discovery), and where the app gets its tokens. */
export async function registerLogin(app: FastifyInstance, core: TeamsCore): Promise<void> {
  // In a scope of its own, since it reads forms whether or not the server around it does.
  await app.register(async (scope) => registerRoutes(scope, core));
}

function registerRoutes(app: FastifyInstance, core: TeamsCore): void {
  if (app.hasContentTypeParser(formType)) app.removeContentTypeParser(formType);
  app.addContentTypeParser(formType, { parseAs: 'string' }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(body))));
  });
  app.get('/teams/openid/.well-known/openidconfiguration', () => ({
    issuer: botFrameworkIssuer,
    jwks_uri: `${core.baseUrl()}/teams/openid/keys`,
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
  }));
  app.get('/teams/openid/keys', () => ({ keys: [core.key.publicJwk] }));
  app.post<{ Params: { tenant: string } }>(
    '/teams/login/:tenant/oauth2/v2.0/token',
    async (request, reply) => {
      const refusal = refuse(core, request.params.tenant, isObject(request.body) ? request.body : {});
      if (refusal) return reply.code(refusal.error === 'invalid_client' ? 401 : 400).send(refusal);
      const wallMs = core.options.clock.wall();
      const { token, expiresIn } = await issueConnectorToken(core.key, { appId: core.seed.app.id, wallMs });
      return {
        token_type: 'Bearer',
        expires_in: expiresIn,
        ext_expires_in: expiresIn,
        access_token: token,
      };
    },
  );
}

function refuse(core: TeamsCore, tenant: string, form: Record<string, unknown>) {
  const { seed, options } = core;
  const no = (error: string, description: string) => ({ error, error_description: description });
  if (tenant !== seed.tenantId) {
    return no('invalid_request', `AADSTS90002: Tenant '${tenant}' not found.`);
  }
  if (form.grant_type !== 'client_credentials') {
    return no('unsupported_grant_type', 'AADSTS70003: The app requested an unsupported grant type.');
  }
  if (form.client_id !== seed.app.id) {
    return no(
      'unauthorized_client',
      `AADSTS700016: Application '${stringOf(form.client_id)}' was not found.`,
    );
  }
  if (form.client_secret !== options.clientSecret) {
    return no('invalid_client', 'AADSTS7000215: Invalid client secret provided.');
  }
  if (form.scope !== scope) return no('invalid_scope', `AADSTS70011: The scope must be ${scope}.`);
  return null;
}
