import { type Activity, CloudAdapter, type InvokeResponse, type TurnContext } from 'botbuilder';
import { type Authentication, scope } from './authentication.ts';

type ConnectorFactory = ReturnType<Authentication['inbound']['createConnectorFactory']>;
export type Connector = Awaited<ReturnType<ConnectorFactory['create']>>;

/** Whoever calls the bot is not Teams. The message says why. */
export class NotAuthenticatedError extends Error {
  override name = 'NotAuthenticatedError';
}

/** botbuilder's adapter, called by a route of the one HTTP server, and with a connector for what the bot begins. */
export class TeamsAdapter extends CloudAdapter {
  readonly #appId: string;

  constructor(authentication: Authentication, appId: string) {
    super(authentication.inbound);
    this.#appId = appId;
  }

  /**
   * Checks who sends the activity, and runs one turn with it.
   * @throws NotAuthenticatedError unless it is Teams; another error when the keys to check it with can't be had.
   */
  async receive(
    authorization: string,
    activity: Activity,
    turn: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    const authenticated = await this.botFrameworkAuthentication
      .authenticateRequest(activity, authorization)
      .catch((error: unknown) => {
        throw isWithoutKeys(error) ? error : new NotAuthenticatedError(reasonOf(error));
      });
    return this.processActivity(authenticated, activity, turn);
  }

  /** A client of the SDK that tries each call once. */
  async createConnector(serviceUrl: string): Promise<Connector> {
    const identity = this.createClaimsIdentity(this.#appId);
    const factory = this.botFrameworkAuthentication.createConnectorFactory(identity);
    return withoutRetries(await factory.create(serviceUrl, scope));
  }
}

/** The SDK would send a message again after a 429, a 502, a 503 or a broken connection: it may have arrived. */
function withoutRetries(connector: Connector): Connector {
  // The SDK's types hide the client; a version without this policy fails below.
  const { client } = connector as unknown as {
    client: { pipeline: { removePolicy(policy: { name: string }): unknown[] } };
  };
  const [removed] = client.pipeline.removePolicy({ name: 'defaultRetryPolicy' });
  if (!removed) throw new Error('botbuilder has another policy for retries than this version knows');
  return connector;
}

/** Microsoft's page of keys did not answer: that says nothing about the request. */
function isWithoutKeys(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name, statusCode } = error as Error & { statusCode?: unknown };
  return name === 'FetchError' || statusCode === 500;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'for a reason that is not known';
}
