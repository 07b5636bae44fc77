import { type Card, command, paragraph, request } from '../card/card.ts';
import { line } from '../card/line.ts';
import type { SignOff } from '../go-no-go/sign-off.ts';
import { roleTitle } from '../plan/roles.ts';
import { ask, type Named } from './mention.ts';

/** Somebody has signed a go off: who has, who is next, and what that makes of the release. */
export function signOffMessage(facts: {
  releaseKey: string;
  signed: readonly SignOff[];
  /** Who is asked for the other signature; nobody where the plan does not need it. */
  next: readonly Named[];
  isApproved: boolean;
}): Card {
  const { releaseKey, signed, next, isApproved } = facts;
  const last = signed.at(-1);
  const isComplete = signed.length > 1;
  const summary = isComplete
    ? `✅ ${releaseKey}: signed off${isApproved ? ', approved' : ''}`
    : `✍️ ${releaseKey}: signed off by ${last?.personName ?? ''}`;
  const names = signed.map(({ personName, role, inPlaceOf }) => {
    const instead = inPlaceOf === null ? '' : `, in place of ${inPlaceOf}`;
    return `${personName} (${roleTitle(role)}${instead})`;
  });
  const sign = line`sign it off, too, with ${command('release', `sign-off ${releaseKey}`)}.`;
  return {
    summary,
    blocks: [
      paragraph(`${summary}. Signed: ${names.join(', ')}.`),
      ...(next.length > 0 && !isComplete ? [request(ask(next, sign))] : []),
    ],
  };
}
