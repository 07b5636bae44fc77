import { listWords } from '../../../lib/list-words.ts';
import { listOf, textOf } from '../../audit/read-details.ts';
import type { TrailEvent } from '../../audit/trail-event.ts';
import { because, decision, type EventKinds, step, type Told, type TrailNames } from '../sentence.ts';

const asked: { [to: string]: string } = {
  owner: 'its owner',
  backup: 'the backup',
  'release-manager': 'the release manager',
};

/** Messages that customers read, until they are approved. */
export const draftEvents = {
  'draft.made': step(of((draft) => `drafted ${draft}`)),
  'draft.changed': step(
    of((draft, { voided }) => `changed ${draft}${voided === true ? ', so that its approval is void' : ''}`),
  ),
  'draft.edited': decision(
    of((draft, { voided }) => `edited ${draft}${voided === true ? ', so that its approval is void' : ''}`),
  ),
  'draft.asked': step(
    of((draft, details) => `asked ${listWords(listOf(details.asked)) || 'nobody'} to approve ${draft}`),
  ),
  'draft.reminded': step(
    of((draft, { to }) => `reminded ${asked[textOf(to) ?? ''] ?? 'its owner'} to approve ${draft}`),
  ),
  'draft.escalated': step(
    of((draft, details) => `asked ${listWords(listOf(details.to)) || 'nobody'} to approve ${draft} instead`),
  ),
  'draft.approved': decision(
    of((draft, { late }) => `approved ${draft}${late === true ? ', which went out late' : ''}`),
  ),
  'draft.held': decision(of((draft, { reason }) => `put ${draft} on hold${because(reason)}`)),
  'draft.released': decision(of((draft) => `took ${draft} off hold`)),
  'draft.missed': decision(of((draft) => `did not send ${draft}, since nobody had approved it in time`)),
} satisfies EventKinds;

/** Each names the wording that it was about. */
function of(
  says: (draft: string, details: TrailEvent['details']) => string,
): (event: TrailEvent, names: TrailNames) => Told {
  return ({ details }, { message }) => {
    const hash = textOf(details.wording);
    return {
      says: says(`"${message(textOf(details.key) ?? 'a message')}" for customers`, details),
      evidence: hash === undefined ? [] : [`the wording with SHA-256 ${hash.slice(0, 12)}…`],
    };
  };
}
