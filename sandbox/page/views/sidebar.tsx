import type { ReactNode } from 'react';
import type { Channel } from '../../control-api.ts';
import { goTo } from '../store/actions.ts';
import type { PageState } from '../store/state.ts';
import { channelsOf, countUnread } from '../store/unread.ts';
import { initials } from './avatar.tsx';
import { Icon } from './icon.tsx';
import { PersonSwitcher } from './person-switcher.tsx';
import { PlatformSwitch } from './platform-switch.tsx';
import { ThemeSelect } from './theme-select.tsx';
import { useDrawer } from './use-drawer.ts';

/** Where one is, who is acted as, the app, and the channels. */
export function Sidebar({ state }: { state: PageState }) {
  const bot = state.workspace?.bot;
  const drawer = useDrawer(state.sidebarOpen);
  return (
    <nav {...drawer} className={state.sidebarOpen ? 'sidebar open' : 'sidebar'} aria-label="Workspace">
      <PlatformSwitch platform={state.platform} />
      <PersonSwitcher state={state} />
      {state.platform === 'teams' ? <TeamsPlaces state={state} /> : <SlackPlaces state={state} />}
      <ThemeSelect theme={state.theme} />
      <p className={bot?.connected ? 'presence on' : 'presence'}>
        {bot?.name ?? 'The app'} is {bot?.connected ? 'connected' : 'not connected'}
      </p>
    </nav>
  );
}

function SlackPlaces({ state }: { state: PageState }) {
  const channels = channelsOf(state, state.actor);
  return (
    <>
      <h2>Apps</h2>
      <ul>
        <li>
          <button
            type="button"
            className="channel"
            data-testid="app-home"
            aria-current={state.place.kind === 'home' ? 'page' : undefined}
            onClick={() => goTo({ kind: 'home' })}
          >
            <span className="mark">
              <Icon name="home" size={16} />
            </span>{' '}
            App Home
          </button>
        </li>
        <Chats state={state} channels={channels} />
      </ul>
      <h2>Channels</h2>
      <ul>
        <Channels state={state} channels={channels} mark="#" />
      </ul>
    </>
  );
}

/** The chat with the app, and the team with its channels. */
function TeamsPlaces({ state }: { state: PageState }) {
  const channels = channelsOf(state, state.actor);
  const { team } = state.workspace ?? {};
  return (
    <>
      <h2>Chat</h2>
      <ul>
        <Chats state={state} channels={channels} />
      </ul>
      <h2>Teams and channels</h2>
      <p className="team-name">
        <span aria-hidden="true">{initials(team?.name ?? '')}</span> {team?.name}
      </p>
      <ul className="team-channels">
        <Channels state={state} channels={channels} mark="" />
      </ul>
    </>
  );
}

interface ListProps {
  state: PageState;
  channels: readonly Channel[];
}

/** The direct messages with the app. */
function Chats({ state, channels }: ListProps) {
  const name = state.workspace?.bot.name;
  return channels
    .filter(({ kind }) => kind === 'direct')
    .map((channel) => (
      <Item
        key={channel.id}
        state={state}
        channel={channel}
        label={name ?? channel.name}
        mark={<Icon name="mail" size={16} />}
      />
    ));
}

function Channels({ state, channels, mark }: ListProps & { mark: string }) {
  return channels
    .filter(({ kind }) => kind === 'channel')
    .map((channel) => (
      <Item key={channel.id} state={state} channel={channel} label={channel.name} mark={mark} />
    ));
}

interface ItemProps {
  state: PageState;
  channel: Channel;
  label: string;
  mark: ReactNode;
}

function Item({ state, channel, label, mark }: ItemProps) {
  const { place } = state;
  const here = place.kind === 'channel' && place.id === channel.id;
  const { count, calls } = countUnread(state, state.actor, channel);
  return (
    <li>
      <button
        type="button"
        className={count > 0 && !here ? 'channel unread' : 'channel'}
        data-testid={`channel-${channel.name}`}
        aria-current={here ? 'page' : undefined}
        onClick={() => goTo({ kind: 'channel', id: channel.id })}
      >
        <span className="mark">{mark}</span> <span className="channel-name">{label}</span>
        {count > 0 && !here && (
          <span className={calls > 0 ? 'badge calls' : 'badge'} data-testid={`unread-${channel.name}`}>
            {Math.min(count, 99)}
            <span className="sr-only"> unread</span>
          </span>
        )}
      </button>
    </li>
  );
}
