import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder';

/** Where the SDK gets what the app proves itself with. */
export type CredentialsFactory = NonNullable<
  ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[1]
>;
type Signed = Parameters<Awaited<ReturnType<CredentialsFactory['createCredentials']>>['signRequest']>[0];

/** One for an app whose tokens come from elsewhere than the SDK. `getToken` keeps a token as long as it holds. */
export function credentialsFrom(appId: string, getToken: () => Promise<string>): CredentialsFactory {
  const signRequest = async (request: Signed) => {
    request.headers.set('authorization', `Bearer ${await getToken()}`);
    return request;
  };
  return {
    isValidAppId: async (id) => id === appId,
    isAuthenticationDisabled: async () => false,
    // The SDK's interface only signs requests; each of its classes that implements it has `getToken`, too.
    createCredentials: async () => ({ signRequest, getToken }),
  };
}
