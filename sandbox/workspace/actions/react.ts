import type { ActionResult, ReactAction, Reaction } from '../../control-api.ts';
import type { Core } from '../core.ts';
import { ControlRefusal, findConversationOf, findPerson } from './control-refusal.ts';

/** A person adds an emoji to a message that everybody there sees, or takes theirs away. */
export async function react(core: Core, action: ReactAction): Promise<ActionResult> {
  const person = findPerson(core, action.person);
  const { id } = findConversationOf(core, person, action.channel);
  const message = core.messages.find(id, action.ts);
  if (!message || message.onlyFor !== undefined) {
    throw new ControlRefusal('not_found', `There is no message ${action.ts} to react to.`);
  }
  const reactions = withReaction(message.reactions ?? [], action);
  const kept = core.messages.keepReactions(message, reactions);
  core.publish({ type: 'reactions', channel: id, ts: message.ts, reactions });
  return { status: 'acknowledged', message: core.messages.view(kept) };
}

/** A new emoji comes last; one that the last person takes back is gone. */
function withReaction(before: Reaction[], { name, person, on }: ReactAction): Reaction[] {
  const known = before.some((reaction) => reaction.name === name);
  return [...before, ...(known ? [] : [{ name, people: [] }])]
    .map((reaction) => (reaction.name === name ? withPerson(reaction, person, on) : reaction))
    .filter(({ people }) => people.length > 0);
}

function withPerson({ name, people }: Reaction, person: string, on: boolean): Reaction {
  if (people.includes(person) === on) return { name, people };
  return { name, people: on ? [...people, person] : people.filter((id) => id !== person) };
}
