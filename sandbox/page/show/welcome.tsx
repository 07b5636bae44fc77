import { changeShow, startOver, watch } from '../store/show-actions.ts';
import type { PageState } from '../store/state.ts';
import { dispatch } from '../store/store.ts';
import { Icon } from '../views/icon.tsx';

/** Before the first step and after the show: watch a release, or take one through yourself. */
export function Welcome({ state }: { state: PageState }) {
  const { state: at, detail } = state.show ?? { state: 'ready' };
  const begin = () => {
    dispatch({ type: 'tour-started' });
    if (at === 'waiting') changeShow('stop');
    // A release that was shown to its end has nothing left to try.
    if (at === 'over' || at === 'failed') startOver();
  };
  return (
    <section className="welcome" aria-label="Where to begin" data-testid="welcome">
      <p role="status">
        <strong>{titles[at] ?? titles.ready}</strong> {texts[at] ?? texts.ready} {detail}
      </p>
      <div className="show-buttons">
        {at !== 'waiting' && (
          <button
            type="button"
            className={at === 'over' ? 'button' : 'button primary'}
            data-testid="watch"
            onClick={watch}
          >
            <Icon name="play" size={16} /> {at === 'over' ? 'Watch again' : 'Watch a release in 60 seconds'}
          </button>
        )}
        <button
          type="button"
          className={at === 'over' ? 'button primary' : 'button'}
          data-testid="try-it"
          onClick={begin}
        >
          Try it yourself
        </button>
      </div>
    </section>
  );
}

const titles: Record<string, string> = {
  waiting: 'The show begins in a moment.',
  ready: 'tminus guides a release through your chat, from two weeks before go-live to a week after.',
  over: 'That was web-2.4.0, from its plan to its rollback.',
  failed: 'The show stopped here.',
};

const texts: Record<string, string> = {
  waiting: 'The bot is starting, and its release is being planned.',
  ready: 'This is a small workspace with the real bot in it.',
  over: 'Everything is on record, with a name and a reason. Your turn: the workspace starts over.',
  failed: 'Something did not happen as expected:',
};
