import { capitalize } from '../../lib/capitalize.ts';
import { listWords } from '../../lib/list-words.ts';
import { type Inline, mention } from '../card/inline.ts';
import { type Line, line } from '../card/line.ts';
import type { Identity } from '../people/identity.ts';

/** Somebody as a message names them: by name, with the accounts by which a platform can notify them. */
export interface Named {
  name: string;
  identities: readonly Identity[];
}

/** People who have to act, so that their platform notifies them: `@Dana, @Emil`. */
export function mentions(people: readonly Named[]): Line {
  return people.flatMap(({ name, identities }, index): (string | Inline)[] => [
    ...(index === 0 ? [] : [', ']),
    mention({ name, identities }),
  ]);
}

/**
 * What people are asked to do, with a mention of each: `@Dana: roll back.`; without them where there is nobody. `others`
 * may do it as well and can't be mentioned, such as those of a group: `anybody in @sre (Site Reliability)`.
 */
export function ask(people: readonly Named[], request: Line, others: readonly string[] = []): Line {
  const named = listWords(others, 'or');
  if (people.length > 0)
    return line`${mentions(people)}${others.length > 0 ? `, or ${named}` : ''}: ${request}`;
  if (others.length > 0) return line`${capitalize(named)}: ${request}`;
  const [first, ...rest] = typeof request === 'string' ? [request] : request;
  return typeof first === 'string' ? [capitalize(first), ...rest] : request;
}
