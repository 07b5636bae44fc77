import { useState } from 'react';
import { asTyped, proposeDraft } from '../store/actions.ts';
import { findCard, findRollout } from '../store/find-card.ts';
import { change } from '../store/run.ts';
import type { PageState } from '../store/state.ts';
import {
  goToAskAgain,
  goToPromotion,
  goToRollback,
  goToVote,
  jumpToNext,
  letOthersVote,
  proposeAskAgain,
  watchItBreak,
} from '../store/tour-actions.ts';
import { decisionStage } from './decision-stage.ts';
import type { HintId } from './hints.ts';

/** What a step offers as things stand: only what works now. */
export function HintButtons({ hint, state }: { hint: HintId; state: PageState }) {
  const isOpen = findCard(state, 'vote-go') !== undefined;
  switch (hint) {
    case 'jump':
      return <Offer label="Jump to next" main onClick={() => change(jumpToNext)} />;
    case 'vote':
      return <Offer label={isOpen ? 'Take me there' : 'Jump to the vote'} main onClick={goToVote} />;
    case 'decide':
      return <Decide state={state} />;
    case 'promote':
      return (
        <>
          <Offer
            label={findCard(state, 'promote') ? 'Take me there' : 'Jump to go-live'}
            main
            onClick={goToPromotion}
          />
          {findCard(state, 'promote') && <Type command="/promote" />}
        </>
      );
    case 'faulty':
      return <Offer label="Break the new version" main onClick={watchItBreak} />;
    case 'rollback':
      return (
        <>
          <Offer label="Take me there" main onClick={goToRollback} />
          {findRollout(state) && <Type command="/rollback" />}
        </>
      );
  }
}

interface OfferProps {
  label: string;
  main?: boolean;
  onClick: () => unknown;
  testId?: string;
}

/** What takes a while shows that it is under way, and is not begun twice. */
function Offer({ label, main = false, onClick, testId = main ? 'hint-main' : undefined }: OfferProps) {
  const [pending, setPending] = useState(false);
  const press = async () => {
    if (pending) return;
    setPending(true);
    await onClick();
    setPending(false);
  };
  return (
    <button
      type="button"
      className={main ? 'button primary' : 'button'}
      data-testid={testId}
      aria-disabled={pending}
      onClick={press}
    >
      {pending && <span className="spinner" aria-hidden="true" />}
      {label}
    </button>
  );
}

/** To the decision: the others' votes, the card, the clock, or another round. */
function Decide({ state }: { state: PageState }) {
  const stage = decisionStage(state);
  switch (stage) {
    case 'ahead':
      return <Offer label="Jump to the decision" main onClick={goToVote} />;
    case 'refused':
      return (
        <>
          <Offer label="Take me there" main onClick={goToAskAgain} />
          <Type command="/release go-no-go" onClick={proposeAskAgain} />
        </>
      );
    default: {
      const others = stage === 'check-open' || stage === 'open';
      return (
        <>
          {others && <LetOthersVote />}
          <Offer label="Take me there" main={!others} onClick={goToVote} />
        </>
      );
    }
  }
}

/** Everybody else who is asked votes go, at one click. */
function LetOthersVote() {
  return (
    <Offer label="Let the others vote" main testId="others-vote" onClick={() => change(letOthersVote)} />
  );
}

/** `onClick`: where the whole command says more. */
function Type({ command, onClick }: { command: string; onClick?: () => void }) {
  return (
    <button type="button" className="link" onClick={onClick ?? (() => proposeDraft(command))}>
      or type <code>{asTyped(command)}</code>
    </button>
  );
}
