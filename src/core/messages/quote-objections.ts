import type { Block } from '../card/card.ts';
import type { Vote } from '../go-no-go/vote.ts';
import { quoteLongReasons } from './reason.ts';

/** The reasons of votes against that are too long for their line, in full. */
export function quoteObjections(against: readonly Vote[]): Block[] {
  return quoteLongReasons(
    against.map(({ personName, reason }) => ({ title: `${personName}, no-go:`, reason })),
  );
}
