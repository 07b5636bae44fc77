import type { ControlError, Person } from '../../control-api.ts';
import type { Core } from '../core.ts';
import type { Conversation } from '../directory.ts';

const STATUS = { invalid_request: 400, forbidden: 403, not_found: 404, conflict: 409 } as const;

/** A refusal of the control interface, with its HTTP status. */
export class ControlRefusal extends Error {
  override name = 'ControlRefusal';
  readonly code: ControlError['error'];
  readonly status: number;

  constructor(code: ControlError['error'], message: string) {
    super(message);
    this.code = code;
    this.status = STATUS[code];
  }
}

export function findPerson(core: Core, id: string): Person {
  const person = core.directory.person(id);
  if (!person)
    throw new ControlRefusal('not_found', `There is no person ${id}. GET /sandbox/workspace lists them.`);
  return person;
}

export function findConversation(core: Core, id: string): Conversation {
  const conversation = core.directory.conversation(id);
  if (!conversation) {
    throw new ControlRefusal('not_found', `There is no channel ${id}. GET /sandbox/workspace lists them.`);
  }
  return conversation;
}

/** A conversation that the person can see: every channel, and their own direct messages. */
export function findConversationOf(core: Core, person: Person, id: string): Conversation {
  const conversation = findConversation(core, id);
  if (conversation.kind === 'direct' && conversation.personId !== person.id) {
    throw new ControlRefusal('forbidden', `${id} is someone else's direct messages.`);
  }
  return conversation;
}
