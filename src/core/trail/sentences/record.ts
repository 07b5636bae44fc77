import { because, decision, type EventKinds, onRecord, plain, step } from '../sentence.ts';

/** What is in a release's record besides its decisions: late changes, release notes, messages. */
export const recordEvents = {
  // Before every request was one for a second person:
  'change.requested': decision(
    ({ details }) =>
      `asked for a late change, to ${plain(details.kind)} "${plain(details.entry)}" (${plain(details.list)})${because(details.reason)}`,
  ),
  'change.approved': decision(({ details }) => `approved the late change${because(details.reason)}`),
  'change.refused': decision(({ details }) => `refused the late change${because(details.reason)}`),
  'notes.drafted': step(() => 'drafted the release notes'),
  'notes.edited': onRecord(() => 'edited the release notes'),
  'notes.approved': decision(({ details }) => ({
    says: 'approved the release notes',
    evidence: [`the wording with SHA-256 ${plain(details.wording).slice(0, 12)}…`],
  })),
  'notes.published': decision(({ details }) => `published the release notes for ${plain(details.audience)}`),
  'evidence.added': decision(({ details }) => ({
    says: 'added a message to the record as evidence',
    evidence: [plain(details.url ?? details.text)],
  })),
} satisfies EventKinds;
