import { type Card, command, note, paragraph, text } from '../card/card.ts';
import { line } from '../card/line.ts';

/** Tells whoever asked for a late change what became of it. */
export function changeDecidedMessage(facts: {
  releaseKey: string;
  /** As a sentence without its end. */
  change: string;
  state: 'approved' | 'refused';
  /** Why it was refused. */
  reason: string | null;
  by: string;
}): Card {
  const { releaseKey, change, state, reason, by } = facts;
  const summary = `${state === 'approved' ? '✅' : '⛔'} ${by} ${state} your late change of ${releaseKey}`;
  const next =
    state === 'approved'
      ? line`It is in the plan now: see ${command('release', `show ${releaseKey}`)}.`
      : 'The scope stays as it is.';
  return {
    summary,
    blocks: [
      { type: 'header', text: summary },
      paragraph(`${change}.`),
      ...(reason === null ? [] : [{ type: 'quote' as const, content: [text(reason)] }]),
      note(next),
    ],
  };
}
