import { listWords } from '../../../lib/list-words.ts';
import { listOf, recordsOf } from '../../audit/read-details.ts';
import { line } from '../../card/line.ts';
import { because, decision, type EventKinds, instantWords, onRecord, plain, step } from '../sentence.ts';

/** Checklists and gates before the vote. */
export const readinessEvents = {
  'checklists.posted': step(
    ({ details }) => `posted the checklists ${listWords(listOf(details.checklists))}`,
  ),
  'gates.reported': onRecord(({ details }) => ({
    says: `reported results of gates for version ${plain(details.version)}, from ${plain(details.source)}`,
    evidence: typeof details.evidence === 'string' ? [details.evidence] : [],
  })),
  'gates.unmeasured': step(({ details }) => ({
    says: 'got no value for gates from their metrics sources',
    evidence: recordsOf(details.gates).map(
      ({ gate, source, reason }) => `${plain(gate)}: nothing from ${plain(source)}${because(reason)}`,
    ),
  })),
  'gate.waived': decision(({ details }, { zone }) => {
    const until = instantWords(details.until, zone) ?? 'an unknown time';
    return line`waived the gate "${plain(details.gate)}" until ${until}${because(details.reason)}`;
  }),
  'gate.waiver_ended': decision(({ details }) => `ended the waiver of the gate "${plain(details.gate)}"`),
} satisfies EventKinds;
