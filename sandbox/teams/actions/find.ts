import { ControlRefusal } from '../../workspace/actions/control-refusal.ts';
import type { TeamsCore } from '../core.ts';
import type { Conversation } from '../directory.ts';
import type { TeamsPerson } from '../seed.ts';
import type { StoredPost } from '../stored.ts';

export function findPerson(core: TeamsCore, id: string): TeamsPerson {
  const person = core.directory.person(id);
  if (!person)
    throw new ControlRefusal(
      'not_found',
      `There is no person ${id}. GET /teams/sandbox/workspace lists them.`,
    );
  return person;
}

export function findConversation(core: TeamsCore, id: string): Conversation {
  const conversation = core.directory.conversation(id);
  if (!conversation)
    throw new ControlRefusal(
      'not_found',
      `There is no channel ${id}. GET /teams/sandbox/workspace lists them.`,
    );
  return conversation;
}

/** A conversation that the person can see: every channel, and their own personal chat. */
export function findConversationOf(core: TeamsCore, person: TeamsPerson, id: string): Conversation {
  const conversation = findConversation(core, id);
  if (conversation.kind === 'personal' && conversation.person !== person)
    throw new ControlRefusal('forbidden', `${id} is someone else's personal chat.`);
  return conversation;
}

export function findPost(
  core: TeamsCore,
  person: TeamsPerson,
  on: { channel: string; ts: string },
): { conversation: Conversation; post: StoredPost } {
  const conversation = findConversationOf(core, person, on.channel);
  const post = core.posts.find(conversation.id, on.ts);
  if (!post)
    throw new ControlRefusal('not_found', `${person.name} sees no message ${on.ts} in ${on.channel}.`);
  return { conversation, post };
}
