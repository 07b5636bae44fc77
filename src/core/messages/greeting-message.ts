import { type Card, command, paragraph } from '../card/card.ts';
import { line } from '../card/line.ts';

/** Whom tminus greets where it was added: one person, or everybody of a group of channels. */
export type GreetedPlace = 'person' | 'group';

const promises: Record<GreetedPlace, string> = {
  person:
    'I write to you here when a release needs you: for a vote, with a reminder, or with news about what you follow.',
  group:
    'I post news about your releases here, ask for go or no-go, show how a rollout is going, and roll back when you say so.',
};

/** What tminus says once where it was added: what it does, and the first command. */
export function greetingMessage(place: GreetedPlace): Card {
  const summary = 'Hello! I guide software releases from two weeks before go-live to a week after.';
  return {
    summary,
    blocks: [
      paragraph(summary),
      paragraph(promises[place]),
      paragraph(
        line`Start with ${command('release', 'new')}, see what is under way with ${command('release', 'list')}, or see everything I can do with ${command('release', 'help')}.`,
      ),
    ],
  };
}
