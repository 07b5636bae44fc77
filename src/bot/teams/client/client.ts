import type { Activity, ChannelAccount, ConversationParameters } from 'botbuilder';
import type { Fetch } from '../../../lib/http/create-fetch.ts';
import type { Connector, TeamsAdapter } from './adapter.ts';
import type { Authentication } from './authentication.ts';

/** Where the connector takes messages of one conversation. */
export interface Place {
  serviceUrl: string;
  conversationId: string;
}

/** Longest wait for an answer about a message, in milliseconds. */
const timeoutMs = 10_000;
const options = { timeout: timeoutMs };
/** The most that the connector takes. */
const membersAPage = 500;

type Paging = Required<typeof options> & { pageSize: number; continuationToken: string };

/** Somebody in a team or a chat. */
export type Member = ChannelAccount & { email?: string; userPrincipalName?: string; tenantId?: string };

/** A channel of a team; the first one, which every team has, comes without a name. */
export interface TeamChannel {
  id: string;
  name: string | null;
}

/** The connector's calls that tminus makes, each tried once. All throw what the connector answers with. */
export interface TeamsClient {
  /** Has a token at hand, so that what fails afterwards is about the message itself. */
  authenticate(serviceUrl: string): Promise<void>;
  /** `activityId` is that of the first message, where one was given. */
  createConversation(
    serviceUrl: string,
    parameters: Partial<ConversationParameters>,
  ): Promise<{ id: string | undefined; activityId: string | undefined }>;
  /** The id of the message; undefined when the connector names none. */
  send(place: Place, activity: Partial<Activity>): Promise<string | undefined>;
  /** Shows something to its recipient alone: a preview of Teams. */
  sendTargeted(place: Place, activity: Partial<Activity>): Promise<void>;
  update(place: Place, activityId: string, activity: Partial<Activity>): Promise<void>;
  member(place: Place, id: string): Promise<Member>;
  members(place: Place): Promise<Member[]>;
  channels(serviceUrl: string, teamId: string): Promise<TeamChannel[]>;
}

export function createClient(parts: {
  adapter: TeamsAdapter;
  authentication: Authentication;
  fetch: Fetch;
}): TeamsClient {
  const { adapter, authentication, fetch } = parts;
  const connectors = new Map<string, Promise<Connector>>();
  const connectorTo = (serviceUrl: string): Promise<Connector> => {
    const known = connectors.get(serviceUrl);
    if (known) return known;
    const made = adapter.createConnector(serviceUrl);
    connectors.set(serviceUrl, made);
    made.catch(() => connectors.delete(serviceUrl));
    return made;
  };
  /** What the SDK has no call for, or one with retries of its own. */
  const call = async (url: URL, request: { method: string; body?: string }): Promise<unknown> => {
    const token = await authentication.getToken();
    const headers = {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const answer = await fetch(url, { ...request, headers });
    if (!answer.ok) throw new ConnectorStatusError(answer.status, await answer.text());
    return answer.json();
  };
  const conversationsAt = async (serviceUrl: string) => (await connectorTo(serviceUrl)).conversations;
  return {
    authenticate: async (serviceUrl) => {
      await connectorTo(serviceUrl);
      await authentication.getToken();
    },
    createConversation: async (serviceUrl, parameters) => {
      const conversations = await conversationsAt(serviceUrl);
      // The SDK's types ask for more than the connector does.
      const { id, activityId } = await conversations.createConversation(
        parameters as ConversationParameters,
        options,
      );
      return { id, activityId };
    },
    send: async ({ serviceUrl, conversationId }, activity) => {
      const conversations = await conversationsAt(serviceUrl);
      return (await conversations.sendToConversation(conversationId, activity, options)).id;
    },
    sendTargeted: async ({ serviceUrl, conversationId }, activity) => {
      const url = new URL(
        `v3/conversations/${encodeURIComponent(conversationId)}/activities`,
        withSlash(serviceUrl),
      );
      url.searchParams.set('isTargetedActivity', 'true');
      await call(url, { method: 'POST', body: JSON.stringify(activity) });
    },
    update: async ({ serviceUrl, conversationId }, activityId, activity) => {
      const conversations = await conversationsAt(serviceUrl);
      await conversations.updateActivity(conversationId, activityId, activity, options);
    },
    member: async ({ serviceUrl, conversationId }, id) => {
      const conversations = await conversationsAt(serviceUrl);
      return conversations.getConversationMember(conversationId, id, options);
    },
    members: async ({ serviceUrl, conversationId }) => {
      const conversations = await conversationsAt(serviceUrl);
      const found: Member[] = [];
      for (let continuationToken: string | undefined; ; ) {
        const paging = { ...options, pageSize: membersAPage, continuationToken };
        // The first page has no token, whatever the SDK's types ask for.
        const page = await conversations.getConversationPagedMembers(conversationId, paging as Paging);
        found.push(...(page.members ?? []));
        if (!page.continuationToken) return found;
        continuationToken = page.continuationToken;
      }
    },
    channels: async (serviceUrl, teamId) => {
      const url = new URL(`v3/teams/${encodeURIComponent(teamId)}/conversations`, withSlash(serviceUrl));
      return readChannels(await call(url, { method: 'GET' }));
    },
  };
}

/** The connector answered with an error, to a call that the SDK did not make. */
export class ConnectorStatusError extends Error {
  readonly statusCode: number;
  readonly response: { bodyAsText: string };

  constructor(statusCode: number, bodyAsText: string) {
    super(`the connector answered with HTTP ${statusCode}`);
    this.statusCode = statusCode;
    this.response = { bodyAsText };
  }
}

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}

/** Whatever is documented, this comes from outside. */
function readChannels(answer: unknown): TeamChannel[] {
  const { conversations } = (answer ?? {}) as { conversations?: { id?: unknown; name?: unknown }[] };
  return (conversations ?? []).flatMap(({ id, name }) =>
    typeof id === 'string' ? [{ id, name: typeof name === 'string' ? name : null }] : [],
  );
}
