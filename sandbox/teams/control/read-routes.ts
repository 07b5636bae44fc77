import type { FastifyInstance } from 'fastify';
import type { ApiCalls, Channel, HomeTab, MessageList, OpenViews, Workspace } from '../../control-api.ts';
import { ControlRefusal } from '../../workspace/actions/control-refusal.ts';
import { parse } from '../../workspace/control/parse.ts';
import { apiCallsQuery, messagesQuery } from '../../workspace/control/schemas.ts';
import { readInstallation } from '../actions/change-installation.ts';
import { findConversation, findPerson } from '../actions/find.ts';
import type { TeamsCore } from '../core.ts';
import { openView } from '../dialog-book.ts';
import type { StoredPost } from '../stored.ts';

type WithId = { Params: { id: string } };

/** Registers what can be read of Teams. */
export function registerReadRoutes(app: FastifyInstance, core: TeamsCore): void {
  app.get('/teams/sandbox/workspace', () => describeTeams(core));
  app.get<WithId>('/teams/sandbox/channels/:id/messages', (request): MessageList => {
    const query = parse(messagesQuery, request.query);
    const personId = query.person && findPerson(core, query.person).id;
    const { id } = findConversation(core, request.params.id);
    const all = query.threadTs === undefined ? core.posts.roots(id) : threadOf(core, id, query.threadTs);
    const seen = all.filter(({ onlyFor }) => onlyFor === undefined || onlyFor === personId);
    const older = seen.filter((post) => query.before === undefined || Number(post.id) < Number(query.before));
    const messages = older.slice(-query.limit).map((post) => core.posts.view(post, personId));
    return { messages, hasMore: older.length > messages.length };
  });
  // What is posted for one person alone stands among the messages that they see.
  app.get('/teams/sandbox/ephemerals', (): MessageList => ({ messages: [], hasMore: false }));
  app.get<WithId>(
    '/teams/sandbox/people/:id/direct',
    (request): Channel => core.directory.directChannel(findPerson(core, request.params.id)),
  );
  app.get<WithId>('/teams/sandbox/people/:id/views', (request): OpenViews => {
    const open = core.dialogs.openBefore(findPerson(core, request.params.id).id);
    return { views: open ? [openView(open)] : [] };
  });
  app.get<WithId>(
    '/teams/sandbox/people/:id/home',
    (request): HomeTab => ({ personId: findPerson(core, request.params.id).id, view: null }),
  );
  app.get('/teams/sandbox/api-calls', (request): ApiCalls => {
    return { calls: core.apiCalls.since(parse(apiCallsQuery, request.query).since) };
  });
  app.get('/teams/sandbox/faults', () => core.faults.state());
  app.get('/teams/sandbox/installation', () => readInstallation(core));
}

function describeTeams({ seed, directory, line, options }: TeamsCore): Workspace {
  return {
    team: { id: seed.team.id, name: seed.team.name },
    people: [...seed.people],
    channels: [
      ...seed.channels.map(({ id, name, topic }): Channel => ({ id, name, topic, kind: 'channel' })),
      ...seed.people.map((person) => directory.directChannel(person)),
    ],
    bot: { userId: seed.app.botId, botId: seed.app.id, name: seed.app.name, connected: line.connected() },
    commands: options.commands ?? [],
    shortcuts: options.shortcuts ?? [],
  };
}

function threadOf(core: TeamsCore, channel: string, threadTs: string): StoredPost[] {
  const root = core.posts.root(channel, threadTs);
  if (!root) throw new ControlRefusal('not_found', `There is no message ${threadTs} in ${channel}.`);
  return [root, ...core.posts.replies(channel, threadTs)];
}
