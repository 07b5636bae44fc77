import { useMemo } from 'react';
import { BlockList } from '../blocks/block-list.tsx';
import { asBlocks } from '../blocks/kit.ts';
import { type Surface, SurfaceContext } from '../elements/surface.ts';
import type { PageState } from '../store/state.ts';

const surface: Surface = { on: { home: true } };

/** The app's home tab, made for the person who looks at it. */
export function HomePane({ state }: { state: PageState }) {
  const view = state.homes[state.actor];
  const blocks = useMemo(() => asBlocks(view?.blocks), [view]);
  const name = state.workspace?.bot.name ?? 'The app';
  return (
    <section className="pane" aria-label="App Home" data-testid="home">
      <header className="pane-header">
        <h1>{name}</h1>
        <p>Home</p>
      </header>
      <div className="home-body">
        {blocks.length === 0 && <p className="empty">{name} is still preparing your home tab.</p>}
        <SurfaceContext.Provider value={surface}>
          <BlockList blocks={blocks} />
        </SurfaceContext.Provider>
      </div>
    </section>
  );
}
