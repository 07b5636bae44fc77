import type { ActionResult } from '../../control-api.ts';
import { isObject } from '../../workspace/json.ts';
import { validateCard } from '../cards/validate-card.ts';
import { cardType } from '../content.ts';
import type { TeamsCore } from '../core.ts';
import type { TeamsPerson } from '../seed.ts';
import type { StoredPost } from '../stored.ts';

const messageType = 'application/vnd.microsoft.activity.message';
const errorType = 'application/vnd.microsoft.error';

/** Does what the app answered to an `adaptiveCard/action`: a card for this person alone, a sentence, or an error. */
export function applyCardAnswer(
  core: TeamsCore,
  { person, post }: { person: TeamsPerson; post: StoredPost },
  body: unknown,
): Partial<ActionResult> {
  if (!isObject(body)) return { detail: 'The app answered nothing that Teams can show.' };
  const { statusCode, type, value } = body;
  if (type === cardType) {
    const problems = validateCard(value);
    if (!isObject(value) || problems.length > 0)
      return { detail: `The card was refused: ${problems.join('; ')}` };
    const { conversation, id, edits } = post;
    core.posts.showOwnCard({ personId: person.id, conversation, postId: id, edits, card: value });
    return {};
  }
  if (type === messageType && typeof value === 'string') return { notice: value };
  if (type === errorType && isObject(value))
    return { detail: `${String(value.code)}: ${String(value.message)}` };
  return {
    detail: `Teams does not take an answer of type ${String(type)} with status ${String(statusCode)}.`,
  };
}
