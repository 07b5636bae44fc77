import type { FastifyInstance } from 'fastify';
import type { ApiCalls, Channel, HomeTab, MessageList, OpenViews, Workspace } from '../../control-api.ts';
import { ControlRefusal, findConversation, findPerson } from '../actions/control-refusal.ts';
import type { Core } from '../core.ts';
import type { StoredMessage } from '../stored.ts';
import { parse } from './parse.ts';
import { apiCallsQuery, ephemeralsQuery, messagesQuery } from './schemas.ts';

type WithId = { Params: { id: string } };

/** Registers what can be read of the workspace. */
export function registerReadRoutes(app: FastifyInstance, core: Core): void {
  app.get('/sandbox/workspace', () => describeWorkspace(core));
  app.get<WithId>('/sandbox/channels/:id/messages', (request): MessageList => {
    const query = parse(messagesQuery, request.query);
    if (query.person) findPerson(core, query.person);
    const { id } = findConversation(core, request.params.id);
    const seen = (
      query.threadTs === undefined ? core.messages.inChannel(id) : threadOf(core, id, query.threadTs)
    ).filter((message) => message.onlyFor === undefined || message.onlyFor === query.person);
    return listMessages(core, seen, query);
  });
  app.get('/sandbox/ephemerals', (request): MessageList => {
    const query = parse(ephemeralsQuery, request.query);
    const all = core.messages.privateTo(findPerson(core, query.person).id);
    return listMessages(
      core,
      all.filter((each) => query.channel === undefined || each.channel === query.channel),
      query,
    );
  });
  app.get<WithId>('/sandbox/people/:id/direct', (request): Channel => {
    const { direct } = core.directory.openDirect(findPerson(core, request.params.id).id);
    return core.directory.directChannel(direct);
  });
  app.get<WithId>('/sandbox/people/:id/views', (request): OpenViews => {
    const stack = core.views.stack(findPerson(core, request.params.id).id);
    return { views: stack.map((view) => core.views.openView(view)) };
  });
  app.get<WithId>(
    '/sandbox/people/:id/home',
    (request): HomeTab => core.views.homeTab(findPerson(core, request.params.id).id),
  );
  app.get('/sandbox/api-calls', (request): ApiCalls => {
    return { calls: core.apiCalls.since(parse(apiCallsQuery, request.query).since) };
  });
}

function describeWorkspace(core: Core): Workspace {
  const { seed } = core.directory;
  return {
    team: { id: seed.team.id, name: seed.team.name },
    people: [...seed.people],
    channels: [
      ...seed.channels.map(({ id, name, topic }): Channel => ({ id, name, topic, kind: 'channel' })),
      ...core.directory.directs().map((direct) => core.directory.directChannel(direct)),
    ],
    bot: {
      userId: seed.app.botUserId,
      botId: seed.app.botId,
      name: seed.app.botName,
      connected: core.delivery.connected(),
    },
    commands: core.options.commands.map(({ command, description, usageHint }) => ({
      command,
      description,
      usageHint,
    })),
    shortcuts: core.options.shortcuts ?? [],
  };
}

function threadOf(core: Core, channel: string, threadTs: string): StoredMessage[] {
  const root = core.messages.root(channel, threadTs);
  if (!root) throw new ControlRefusal('not_found', `There is no message ${threadTs} in ${channel}.`);
  return [root, ...core.messages.thread(channel, threadTs)];
}

/** The newest `limit` of them, oldest first. */
function listMessages(
  core: Core,
  all: StoredMessage[],
  query: { before?: string | undefined; limit: number },
): MessageList {
  const older = all.filter((message) => query.before === undefined || message.ts < query.before);
  const messages = older.slice(-query.limit).map((message) => core.messages.view(message));
  return { messages, hasMore: older.length > messages.length };
}
