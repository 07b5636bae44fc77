import type { Workspace } from '../control-api.ts';
import { Modal } from './dialogs/modal.tsx';
import { ProfileDialog } from './dialogs/profile-dialog.tsx';
import { isUnderWay } from './show/is-under-way.ts';
import { ShowBar } from './show/show-bar.tsx';
import { StartOverDialog } from './show/start-over-dialog.tsx';
import { Welcome } from './show/welcome.tsx';
import type { PageState } from './store/state.ts';
import { dispatch, usePage } from './store/store.ts';
import { TeamsDialog } from './teams/dialog.tsx';
import { HintStrip } from './tour/hint-strip.tsx';
import { ChannelPane } from './views/channel-pane.tsx';
import { HomePane } from './views/home-pane.tsx';
import { Notices } from './views/notices.tsx';
import { SearchPanel } from './views/search-panel.tsx';
import { Sidebar } from './views/sidebar.tsx';
import { ThreadPanel } from './views/thread-panel.tsx';
import { TopBar } from './views/top-bar.tsx';
import { WorldPanel } from './views/world-panel.tsx';

/** The whole page. */
export function App() {
  const state = usePage();
  const modals = state.views[state.actor] ?? [];
  const { workspace } = state;
  if (!workspace) return <Waiting connection={state.connection} />;
  const profile = workspace.people.find(({ id }) => id === state.profile);
  return (
    <div className="page" data-platform={state.platform}>
      <button type="button" className="skip" onClick={focusComposer}>
        Skip to the composer
      </button>
      <TopBar state={state} />
      <div role="status" data-testid="connection">
        {state.connection === 'lost' && (
          <p className="lost">
            {state.startingOver
              ? 'Starting over: a new workspace is ready in a few seconds.'
              : 'Connection lost, trying again. What you typed stays.'}
          </p>
        )}
      </div>
      <div className="columns">
        <Sidebar state={state} />
        {state.sidebarOpen && (
          <button
            type="button"
            className="backdrop"
            aria-label="Close the menu"
            onClick={() => dispatch({ type: 'sidebar', open: false })}
          />
        )}
        {/* Another platform is another page: nothing that was under way on one goes on on the other. */}
        <main key={state.platform}>
          <Lead state={state} />
          <Middle state={state} workspace={workspace} />
        </main>
        {state.thread && state.platform === 'slack' && (
          <ThreadPanel state={state} workspace={workspace} thread={state.thread} />
        )}
        {state.worldOpen && <WorldPanel state={state} />}
        {state.searchOpen && <SearchPanel state={state} />}
      </div>
      {state.askingStartOver && <StartOverDialog how={state.askingStartOver} />}
      {profile && <ProfileDialog person={profile} isActor={profile.id === state.actor} />}
      <Notices notices={state.notices} />
      {/* All of the stack: what was typed below the top one is still there when it closes. */}
      {modals.map((open) =>
        state.platform === 'teams' ? (
          <TeamsDialog key={open.id} open={open} />
        ) : (
          <Modal key={open.id} open={open} />
        ),
      )}
    </div>
  );
}

const focusComposer = () => document.getElementById('composer')?.focus();

/** What leads through the page: the show, where to begin, or the first steps. */
function Lead({ state }: { state: PageState }) {
  const { show, tourStarted, hintsDone, hintsHidden } = state;
  if (show && isUnderWay(show)) return <ShowBar show={show} />;
  if (show?.state === 'waiting') return <Welcome state={state} />;
  const isNew = !tourStarted && hintsDone.length === 0;
  const ended = show?.state === 'over' || show?.state === 'failed';
  if (show && (ended || isNew) && !hintsHidden) return <Welcome state={state} />;
  return <HintStrip state={state} />;
}

function Middle({ state, workspace }: { state: PageState; workspace: Workspace }) {
  const { place } = state;
  const channel = workspace.channels.find(({ id }) => place.kind === 'channel' && id === place.id);
  // Another person or channel is another pane: drafts and “New” lines belong to one of them.
  return channel ? (
    <ChannelPane key={`${state.actor}/${channel.id}`} state={state} workspace={workspace} channel={channel} />
  ) : (
    <HomePane state={state} />
  );
}

function Waiting({ connection }: { connection: PageState['connection'] }) {
  return (
    <p className="waiting" role="status">
      {connection === 'lost' ? 'The workspace does not answer. Trying again…' : 'Opening the workspace…'}
    </p>
  );
}
