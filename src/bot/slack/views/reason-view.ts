import type { ModalView } from '@slack/types';
import { paragraph } from '../../../core/card/card.ts';
import type { RollbackFacts } from '../../../services/rollout/roll-back-rollout.ts';
import { content, modal, textInput } from '../render/modal.ts';

/** Asks for the reason of a no-go. */
export function noGoView(pollId: string): ModalView {
  return modal({
    callbackId: 'no-go',
    title: 'No-go',
    submit: 'Vote no-go',
    close: 'Cancel',
    privateMetadata: JSON.stringify({ pollId }),
    blocks: [reasonInput('Why not? What has to change?')],
  });
}

/** The one confirmation of a rollback. `reason` is what was typed already. */
export function rollBackView(facts: RollbackFacts & { reason: string }): ModalView {
  return modal({
    callbackId: 'roll-back',
    title: 'Roll back',
    submit: 'Roll back now',
    close: 'Cancel',
    privateMetadata: JSON.stringify({ releaseKey: facts.releaseKey }),
    blocks: [
      ...content(
        paragraph(
          `All traffic goes back to the version before ${facts.releaseKey}. ${trafficSentence(facts)}`,
        ),
      ),
      reasonInput('What did you see?', facts.reason),
    ],
  });
}

function trafficSentence({ trafficPercent }: RollbackFacts): string {
  if (trafficPercent === null)
    return 'How much traffic it has now is not known: the last operation was not confirmed.';
  return `It has ${trafficPercent} % of traffic now.`;
}

function reasonInput(label: string, initial = '') {
  return textInput({ blockId: 'reason', actionId: 'text', label, multiline: true, maxLength: 3000, initial });
}
