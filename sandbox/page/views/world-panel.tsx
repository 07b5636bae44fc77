import type { PageState } from '../store/state.ts';
import { dispatch } from '../store/store.ts';
import { BeginCard } from './begin-card.tsx';
import { BotCard } from './bot-card.tsx';
import { DemoCard } from './demo-card.tsx';
import { FaultsCard } from './faults-card.tsx';
import { SidePanel } from './side-panel.tsx';

/** What is outside the chat: the service being released, the bot's process, and what can go wrong. */
export function WorldPanel({ state }: { state: PageState }) {
  return (
    <SidePanel title="World" testId="world-panel" onClose={() => dispatch({ type: 'world', open: false })}>
      <div className="world">
        <BeginCard />
        {state.demo && <DemoCard demo={state.demo} />}
        {state.bot && <BotCard bot={state.bot} />}
        {state.faults && <FaultsCard faults={state.faults} platform={state.platform} />}
      </div>
    </SidePanel>
  );
}
