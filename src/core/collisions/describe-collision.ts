import { listWords } from '../../lib/list-words.ts';
import { describeLocalDate } from '../calendar/describe-local-date.ts';
import { type Line, line } from '../card/line.ts';
import { localDate } from '../card/local-date.ts';
import type { Collision } from './find-collisions.ts';

/** A collision in a sentence; `zone` is the release's. */
export function describeCollision(collision: Collision, zone: string): Line {
  switch (collision.kind) {
    case 'service': {
      const { releaseKey, goLiveAt, by, name } = collision;
      const what = by === 'product' ? `the same product, ${name}` : `the same system, ${name}`;
      return line`${releaseKey} rolls out ${what}, from ${localDate(goLiveAt, zone)}.`;
    }
    case 'people': {
      const { releaseKey, goLiveAt, names } = collision;
      return line`${listWords(names)} also ${names.length === 1 ? 'has' : 'have'} a role in ${releaseKey}, which goes live ${localDate(goLiveAt, zone)}.`;
    }
    case 'audience': {
      const { address, weekOf, messages, releaseKeys } = collision;
      return `${address} would get ${messages} messages in the week of ${describeLocalDate(weekOf)}, with those of ${listWords(releaseKeys)}.`;
    }
  }
}
