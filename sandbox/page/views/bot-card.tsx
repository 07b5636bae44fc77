import { useState } from 'react';
import type { BotProcess } from '../../control-api.ts';
import { api } from '../api.ts';
import { change } from '../store/run.ts';

const STATES: Record<BotProcess['state'], string> = {
  starting: 'Starting…',
  running: 'Running',
  stopped: 'Stopped',
};

/** The bot's process, and a button that ends it without a warning. */
export function BotCard({ bot }: { bot: BotProcess }) {
  const [pending, setPending] = useState(false);
  const kill = async () => {
    if (pending || bot.pid === null) return;
    setPending(true);
    await api.killBot().finally(() => setPending(false));
  };
  return (
    <section className="card" aria-label="Bot process">
      <h3>Bot process</h3>
      <dl>
        <dt>State</dt>
        <dd data-testid="bot-state">
          <span className={`dot ${bot.state}`} aria-hidden="true" /> {STATES[bot.state]}
        </dd>
        <dt>Process</dt>
        <dd data-testid="bot-pid">{bot.pid ?? '–'}</dd>
        <dt>Restarts</dt>
        <dd data-testid="bot-restarts">{bot.restarts}</dd>
      </dl>
      <button
        type="button"
        className="button danger"
        data-testid="kill-bot"
        aria-disabled={pending || bot.pid === null}
        onClick={() => change(kill)}
      >
        Kill the bot
      </button>
      <p className="hint">
        It ends at once, mid-sentence, and is started again. Nothing should be lost or said twice.
      </p>
    </section>
  );
}
