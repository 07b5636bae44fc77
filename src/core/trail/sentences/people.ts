import { listWords } from '../../../lib/list-words.ts';
import { listOf, textOf } from '../../audit/read-details.ts';
import type { TrailEvent } from '../../audit/trail-event.ts';
import {
  because,
  decision,
  type EventKinds,
  onRecord,
  plain,
  roleWords,
  step,
  withoutStop,
} from '../sentence.ts';

/** Who acts, in whose place, by which account; and who was refused. */
export const peopleEvents = {
  'backup.acted': onRecord(({ details }) => {
    const absent = textOf(details.inPlaceOf);
    return `acted as backup for the role ${roleWords(textOf(details.role) ?? '')}${absent === undefined ? '' : `, in place of ${absent}`}`;
  }),
  'request.refused': onRecord(({ details }) => ({
    says: `was refused: ${withoutStop(textOf(details.message) ?? 'no reason is recorded')}`,
    evidence: listOf(details.reasons).map(withoutStop),
  })),
  'person.unreachable': step(({ details }) => {
    const roles = listWords(listOf(details.roles).map(roleWords));
    return `noted that the account ${textOf(details.account) ?? ''}${roles === '' ? '' : ` (${roles})`} can't be reached`;
  }),
  'person.reachable': step(
    ({ details }) => `noted that the account ${textOf(details.account) ?? ''} can be reached again`,
  ),
  'account.claimed': step(
    ({ details }) => `said that the account ${textOf(details.account) ?? ''} is theirs`,
  ),
  'account.connected': onRecord(
    ({ details }) => `connected the accounts ${listWords(listOf(details.accounts))}: they are one person`,
  ),
  'account.disconnected': onRecord(
    ({ details }) => `disconnected the account ${textOf(details.account) ?? ''}`,
  ),
  'account.declined': step(
    ({ details }) => `said that the account ${textOf(details.account) ?? ''} is not theirs`,
  ),
  'account.preferred': step(
    ({ details }) => `chose the account ${textOf(details.account) ?? ''} for messages`,
  ),
  'trail.redacted': decision(({ details }) => {
    const records = recordsWords(details.records);
    const removed =
      details.what === 'a text' ? 'removed a text' : `removed what was personal of ${plain(details.what)}`;
    return `${removed}${records}${because(details.reason)}`;
  }),
  'trail.read': step(() => 'read the audit trail'),
  'organization-role.used': step(
    ({ details }) => `acted by a role of the organization: ${plain(details.title)}`,
  ),
  'permissions.changed': onRecord(() => 'put other rights into force, as the configuration says'),
  'second-person.asked': decision(({ details }) => {
    const { input } = details;
    const reason =
      typeof input === 'object' && input !== null && 'reason' in input ? input.reason : undefined;
    return `asked for a second person to ${plain(details.words ?? details.act)}${because(reason)}`;
  }),
  'second-person.approved': decision(({ details }) => `agreed as the second person${toWhat(details)}`),
  'second-person.refused': decision(
    ({ details }) => `refused to agree as the second person${toWhat(details)}${because(details.reason)}`,
  ),
  'second-person.withdrawn': decision(
    ({ details }) => `withdrew the request for a second person${toWhat(details)}`,
  ),
  'second-person.used': step(() => 'used the agreement of a second person'),
  'second-person.lapsed': step(() => 'let the request for a second person lapse: nobody agreed in time'),
} satisfies EventKinds;

/** What was asked for; events of an earlier time don't say. */
function toWhat({ words }: TrailEvent['details']): string {
  const said = textOf(words);
  return said === undefined ? '' : ` to ${said}`;
}

/** ` from the records 3, 7 and 12`; of many, how many. */
function recordsWords(value: unknown): string {
  const records = Array.isArray(value) ? value.map(plain) : [];
  if (records.length === 0) return '';
  if (records.length === 1) return ` from record ${records[0]}`;
  return records.length > 12 ? ` from ${records.length} records` : ` from the records ${listWords(records)}`;
}
