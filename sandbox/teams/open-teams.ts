import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { WorkspaceEvent } from '../control-api.ts';
import { EventStream } from '../workspace/control/event-stream.ts';
import { ApiCallLog } from '../workspace/core.ts';
import { FaultSwitches } from '../workspace/faults.ts';
import { Store } from '../workspace/store.ts';
import { AppLine } from './app/app-line.ts';
import { tellNewInstallations } from './app/tell-installation.ts';
import { registerConnector, writingMethods } from './connector/connector-routes.ts';
import { ConversationLimits } from './connector/conversation-limits.ts';
import { registerActRoutes } from './control/act-routes.ts';
import { registerReadRoutes } from './control/read-routes.ts';
import type { TeamsCore } from './core.ts';
import { DialogBook, openView } from './dialog-book.ts';
import { TeamsDirectory } from './directory.ts';
import { registerFiles } from './file-route.ts';
import { rememberKey } from './login/keys.ts';
import { registerLogin } from './login/login-routes.ts';
import { signActivity } from './login/tokens.ts';
import { type TeamsOptions, teamsTiming } from './options.ts';
import { PostBook, type PostChange } from './post-book.ts';
import type { StoredPost } from './stored.ts';
import { type TeamsTables, teamsTableNames } from './stored.ts';

export interface OpenTeams {
  /** Adds everything to the HTTP server. */
  register: (app: FastifyInstance, baseUrl: () => string) => Promise<void>;
  /** The app is there: it is told where it is installed, as far as it doesn't know. */
  greetApp: () => Promise<void>;
  /** A bearer as activities have it; it holds five minutes. */
  bearer: () => Promise<string>;
  /** Puts an event on the stream, such as a change of the clock. */
  publish: (event: WorkspaceEvent) => void;
  close: () => void;
}

/** Opens a local Teams, going on from what `dataDir` remembers. */
export async function openTeams(options: TeamsOptions): Promise<OpenTeams> {
  const store = new Store<TeamsTables>(path.join(options.dataDir, 'teams.jsonl'), teamsTableNames);
  const stream = new EventStream();
  let baseUrl = () => '';
  const core = await assemble(options, { store, stream, baseUrl: () => baseUrl() });
  let greeting = Promise.resolve();
  return {
    register: async (app, url) => {
      baseUrl = url;
      await registerLogin(app, core);
      await registerConnector(app, core);
      registerReadRoutes(app, core);
      registerFiles(app, core);
      registerActRoutes(app, core);
      stream.register(app, '/teams/sandbox/events', options.clockState);
    },
    // One after the other, so that nothing is told twice.
    greetApp: () => {
      greeting = greeting.then(() => tellNewInstallations(core));
      return greeting;
    },
    bearer: () => signActivity(core.key, claimsOf(core)),
    publish: core.publish,
    close: () => {
      stream.close();
      core.line.close();
      store.close();
    },
  };
}

async function assemble(
  options: TeamsOptions,
  {
    store: { tables },
    stream,
    baseUrl,
  }: { store: Store<TeamsTables>; stream: EventStream; baseUrl: () => string },
): Promise<TeamsCore> {
  const { clock, seed } = options;
  const wall = () => clock.wall();
  const publish = (event: WorkspaceEvent) => stream.publish(event);
  const key = await rememberKey(tables.keys);
  const serviceUrl = () => `${baseUrl()}/teams/connector/`;
  const posts = new PostBook({
    posts: tables.posts,
    ownCards: tables.ownCards,
    now: () => clock.now(),
    onChange: (change, post) => publish(postEvent(posts, change, post)),
  });
  return {
    options,
    seed,
    directory: new TeamsDirectory(seed, tables.installations),
    posts,
    dialogs: new DialogBook(tables.dialogs, (type, dialog) =>
      publish({ type, personId: dialog.personId, view: openView(dialog) }),
    ),
    limits: new ConversationLimits(wall, options.limits !== 'off'),
    faults: new FaultSwitches({
      table: tables.faults,
      announce: (faults) => publish({ type: 'faults', faults }),
      defaultMethods: writingMethods,
    }),
    apiCalls: new ApiCallLog(),
    key,
    line: new AppLine({
      botUrl: options.botUrl,
      sign: (wrong) => signActivity(key, claimsOf({ seed, serviceUrl, options }), wrong),
      timing: { ...teamsTiming, ...options.timing },
      onConnected: (connected) => publish({ type: 'app-connection', connected }),
    }),
    baseUrl,
    serviceUrl,
    publish,
  };
}

function claimsOf({ seed, serviceUrl, options }: Pick<TeamsCore, 'seed' | 'serviceUrl' | 'options'>) {
  return { appId: seed.app.id, serviceUrl: serviceUrl(), wallMs: options.clock.wall() };
}

function postEvent(posts: PostBook, change: PostChange, post: StoredPost): WorkspaceEvent {
  if (change !== 'deleted') {
    return { type: change === 'posted' ? 'message' : 'message-changed', message: posts.view(post) };
  }
  const { conversation: channel, id: ts, rootId } = post;
  return { type: 'message-deleted', channel, ts, ...(rootId === undefined ? {} : { threadTs: rootId }) };
}
