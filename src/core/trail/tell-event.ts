import { listWords } from '../../lib/list-words.ts';
import type { TrailEvent } from '../audit/trail-event.ts';
import { type Line, line } from '../card/line.ts';
import { kindOf } from './event-kinds.ts';
import { roleWords, type TrailNames } from './sentence.ts';

/** An event in words. */
export interface ToldEvent {
  seq: number;
  /** Epoch ms, by the release's clock; NaN when the record has none. */
  at: number;
  /** Whether it is what somebody decided, or what a decision came to. */
  isDecision: boolean;
  /** Whether somebody who takes over has to know. */
  isNews: boolean;
  /** `Quinn Adler voted no-go as QA Lead: three tests fail` */
  sentence: Line;
  /** `Release Manager`: with which right it was asked for; null where the record has none. */
  right: string | null;
  evidence: readonly Line[];
}

/** Says in words what an event is, whichever version wrote it. */
export function tellEvent(event: TrailEvent, names: TrailNames): ToldEvent {
  const kind = kindOf(event.action);
  const told =
    kind?.tell(event, names) ?? `recorded "${event.action}", which this version can't put into words`;
  const { says, evidence = [] } = typeof told === 'object' && 'says' in told ? told : { says: told };
  return {
    seq: event.seq,
    at: Date.parse(event.at),
    isDecision: kind?.weight !== 'step',
    isNews: kind?.isNews ?? true,
    sentence: line`${actorWords(event)} ${says}`,
    right: rightWords(event),
    evidence,
  };
}

/** Whoever acted, by their name; tminus itself, and whoever had the server's command line, as such. */
export function actorWords({ actor, actorName }: TrailEvent): string {
  if (actor.startsWith('system:')) return 'tminus';
  const name = actorName ?? actor;
  return actor.startsWith('operator:') ? `${name} (at the command line)` : name;
}

function rightWords({ right }: TrailEvent): string | null {
  if (right === undefined || right.as.length === 0) return null;
  return listWords(right.as.map(roleWords));
}
