import type { PageState } from '../store/state.ts';
import { dispatch } from '../store/store.ts';
import { ClockFace } from './clock-face.tsx';
import { Icon } from './icon.tsx';
import { JumpNext } from './jump-next.tsx';
import { SpeedControl } from './speed-control.tsx';

/** The release's time and what can be done to it. */
export function TopBar({ state }: { state: PageState }) {
  return (
    <header className="top-bar">
      <button
        type="button"
        className="icon menu"
        aria-label="Channels and people"
        aria-expanded={state.sidebarOpen}
        data-testid="menu"
        onClick={() => dispatch({ type: 'sidebar', open: !state.sidebarOpen })}
      >
        <Icon name="menu" size={22} />
      </button>
      <span className="team">{state.workspace?.team.name}</span>
      <ClockFace zone={state.zone} />
      <SpeedControl clock={state.clock?.told} />
      <JumpNext clock={state.clock?.told} zone={state.zone} next={state.agenda[0]} />
      <button
        type="button"
        className="search-toggle"
        aria-label="Search messages"
        title="Search messages"
        data-testid="search"
        aria-expanded={state.searchOpen}
        onClick={() => dispatch({ type: 'search', open: !state.searchOpen })}
      >
        <Icon name="search" />
      </button>
      <button
        type="button"
        className="world-toggle"
        aria-label="World"
        data-testid="world"
        aria-expanded={state.worldOpen}
        onClick={() => dispatch({ type: 'world', open: !state.worldOpen })}
      >
        <Icon name="world" /> <span>World</span>
      </button>
    </header>
  );
}
