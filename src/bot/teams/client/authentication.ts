import { X509Certificate } from 'node:crypto';
import {
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
} from 'botbuilder';
import type { TeamsConfig } from '../../../config/teams-config.ts';
import type { CredentialsFactory } from './credentials-factory.ts';
import { createLocalCredentials } from './local-credentials.ts';
import { createManagedIdentity } from './managed-identity.ts';
import { createTransport } from './transport.ts';

type Parameters = ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>;
type AuthenticationRules = NonNullable<Parameters[2]>;
type ClaimsRule = NonNullable<AuthenticationRules['validateClaims']>;

const issuer = 'https://api.botframework.com';
export const scope = 'https://api.botframework.com';
const loginUrl = 'https://login.microsoftonline.com/botframework.com';

/** How the bot and Teams know each other. */
export interface Authentication {
  /** Checks whoever calls the bot. */
  readonly inbound: ConfigurationBotFrameworkAuthentication;
  /** What the bot proves itself with; null without a credential. It is kept as long as it is valid. */
  getToken(): Promise<string | null>;
}

/** @throws Error when a certificate can't be read. */
export function createAuthentication(config: TeamsConfig, tenants: ReadonlySet<string>): Authentication {
  const factory = credentialsFactoryOf(config);
  const rules = { requiredEndorsements: [], validateClaims: ofBotFramework(config, tenants) };
  const inbound = new ConfigurationBotFrameworkAuthentication(
    { MicrosoftAppId: config.appId, ...(config.local ? localEndpoints(config.local) : {}) },
    factory,
    rules,
    undefined,
    { httpClient: createTransport() },
  );
  let credentials: ReturnType<CredentialsFactory['createCredentials']> | undefined;
  return {
    inbound,
    getToken: async () => {
      if (config.credential.type === 'none') return null;
      credentials ??= factory.createCredentials(config.appId, scope, loginUrl, true);
      // The SDK's interface of credentials only signs requests; each of its classes that implements it also has this.
      const made = (await credentials) as unknown as { getToken(): Promise<string> };
      return made.getToken();
    },
  };
}

function credentialsFactoryOf({ appId, tenantId, credential, local }: TeamsConfig): CredentialsFactory {
  const app = { MicrosoftAppId: appId, MicrosoftAppTenantId: tenantId };
  switch (credential.type) {
    case 'secret': {
      if (local) return createLocalCredentials({ appId, tenantId, secret: credential.secret, ...local });
      const MicrosoftAppPassword = credential.secret;
      return new ConfigurationServiceClientCredentialFactory({
        ...app,
        MicrosoftAppType: 'SingleTenant',
        MicrosoftAppPassword,
      });
    }
    case 'certificate':
      return new ConfigurationServiceClientCredentialFactory({
        ...app,
        MicrosoftAppType: 'SingleTenant',
        CertificateThumbprint: new X509Certificate(credential.certificate).fingerprint.replace(/:/g, ''),
        CertificatePrivateKey: credential.key,
      });
    case 'managed-identity':
      return createManagedIdentity(appId, scope);
    case 'none':
      return new ConfigurationServiceClientCredentialFactory({ MicrosoftAppType: 'MultiTenant' });
  }
}

/** Where another program on this machine plays Teams. Given one of them, the SDK takes none of its own. */
function localEndpoints({ openIdMetadataUrl }: NonNullable<TeamsConfig['local']>) {
  return {
    ValidateAuthority: true,
    ToChannelFromBotLoginUrl: loginUrl,
    ToChannelFromBotOAuthScope: scope,
    ToBotFromChannelTokenIssuer: issuer,
    OAuthUrl: issuer,
    ToBotFromChannelOpenIdMetadataUrl: openIdMetadataUrl,
    ToBotFromEmulatorOpenIdMetadataUrl: openIdMetadataUrl,
    CallerId: 'urn:botframework:azure',
  };
}

/** The SDK takes tokens of its emulator and of other bots as well; tminus has use for neither. */
function ofBotFramework({ credential }: TeamsConfig, tenants: ReadonlySet<string>): ClaimsRule {
  return async (claims) => {
    if (credential.type === 'none') return;
    const claimed = (type: string) => claims.find((claim) => claim.type === type)?.value;
    if (claimed('iss') !== issuer) throw new Error('the token has another issuer');
    const tenant = claimed('tid');
    if (tenant !== undefined && !tenants.has(tenant)) throw new Error('the token is of another tenant');
  };
}
