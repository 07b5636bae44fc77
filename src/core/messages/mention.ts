import { type Inline, mention } from '../card/inline.ts';
import type { Line } from '../card/line.ts';
import type { Identity } from '../people/identity.ts';

/** Somebody as a message names them: by name, with the accounts by which a platform can notify them. */
export interface Named {
  name: string;
  identities: readonly Identity[];
}

/** People who have to act, so that their platform notifies them: `@Dana @Emil`. */
export function mentions(people: readonly Named[], between = ' '): Line {
  return people.flatMap(({ name, identities }, index): (string | Inline)[] => [
    ...(index === 0 ? [] : [between]),
    mention({ name, identities }),
  ]);
}

/** The same before what they are to do, `@Dana: `; nothing when there is nobody. */
export function mentionsBefore(people: readonly Named[]): Line {
  return people.length === 0 ? '' : [...mentions(people), ': '];
}
