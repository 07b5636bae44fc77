import type { Proposal } from '../../../src/core/approval/proposal.ts';
import { paragraph, text } from '../../../src/core/card/card.ts';
import { mention } from '../../../src/core/card/inline.ts';
import { line } from '../../../src/core/card/line.ts';
import { localDate } from '../../../src/core/card/local-date.ts';
import { deriveSchedule, type ScheduleItem } from '../../../src/core/schedule/derive-schedule.ts';
import type { Draft } from '../../../src/db/queries/drafts.ts';
import { exampleRelease } from './examples.ts';

const zone = 'Europe/Amsterdam';
export const dueAt = Date.parse('2030-06-11T13:00:00Z');
const approvedAt = new Date('2030-06-05T07:12:00Z');

function exampleItem(at = dueAt): ScheduleItem {
  const { plan } = exampleRelease();
  const item = deriveSchedule(plan).find(({ key }) => key === 'customer-announcement');
  if (item?.kind !== 'message') throw new Error('the example has no announcement');
  return { ...item, dueAt: at, customerFacing: true, addresses: ['#customers', '#all-hands'] };
}

/** What the announcement says of a go-live. */
export function announcement(goLiveAt: number, changes: Partial<Proposal> = {}): Proposal {
  return {
    usual: {
      summary: 'Web shop 2.4.0 is coming',
      blocks: [
        { type: 'header', text: 'Web shop 2.4.0 is coming' },
        paragraph('Checkout takes two steps instead of four, and search forgives typing mistakes.'),
        paragraph(line`You get it from ${localDate(goLiveAt, zone)}. You don't have to do anything.`),
        {
          type: 'list',
          ordered: false,
          items: [
            [text('Vouchers no longer vanish from the basket after signing in')],
            [text('Order confirmations show the delivery address again')],
          ],
        },
        paragraph(
          line`Questions? Ask ${mention({ name: 'Tom Weber', identities: [{ platform: 'slack', id: 'U-support_lead' }] })}.`,
        ),
      ],
    },
    blocked: null,
    edited: null,
    addresses: exampleItem().addresses,
    dueAt,
    ...changes,
  };
}

const goLiveAt = Date.parse('2030-06-18T08:00:00Z');

export function exampleDraft(changes: Partial<Draft> = {}): Draft {
  return {
    id: '00000000-0000-4000-8000-00000000000d',
    releaseId: exampleRelease().id,
    communicationId: '00000000-0000-4000-8000-00000000000c',
    state: 'waiting',
    revision: 1,
    proposal: announcement(goLiveAt),
    approved: null,
    approvedByName: null,
    approvedAt: null,
    editedByName: null,
    editedAt: null,
    heldByName: null,
    heldAt: null,
    holdReason: null,
    decidedBy: null,
    askedAt: new Date('2030-06-04T08:00:00Z'),
    reminders: 0,
    escalatedAt: null,
    missedAt: null,
    item: exampleItem(),
    itemState: 'planned',
    note: null,
    settledAt: null,
    ...changes,
  };
}

const approved: Partial<Draft> = {
  state: 'approved',
  approved: announcement(goLiveAt),
  approvedByName: 'Priya Raman',
  approvedAt,
};
const held: Partial<Draft> = {
  state: 'held',
  heldByName: 'Rita Moreno',
  heldAt: new Date('2030-06-06T09:00:00Z'),
  holdReason: 'Legal has to read the part about vouchers.',
};
const missed: Partial<Draft> = {
  itemState: 'withheld',
  note: 'Not sent: nobody had approved it.',
  missedAt: new Date(dueAt),
  settledAt: new Date(dueAt),
};
const edited = {
  title: 'Faster checkout from 18 June',
  body: 'Hello,\n\nfrom 18 June you pay in two steps:\n- one\n- two\n\nhttps://example.com/news',
};

/** A draft in every standing. */
export const exampleDrafts: Readonly<Record<string, Draft>> = {
  waiting: exampleDraft(),
  edited: exampleDraft({
    proposal: announcement(goLiveAt, { edited }),
    editedByName: 'Priya Raman',
    editedAt: new Date('2030-06-05T07:00:00Z'),
  }),
  approved: exampleDraft(approved),
  voided: exampleDraft({
    ...approved,
    item: exampleItem(dueAt + 7 * 86_400_000),
    state: 'waiting',
    revision: 3,
    proposal: announcement(goLiveAt + 7 * 86_400_000, { dueAt: dueAt + 7 * 86_400_000 }),
  }),
  held: exampleDraft(held),
  late: exampleDraft(missed),
  'late-held': exampleDraft({ ...missed, ...held, note: 'Not sent: it was on hold.' }),
  sent: exampleDraft({ ...approved, itemState: 'sent', settledAt: new Date(dueAt) }),
  ended: exampleDraft({ itemState: 'withheld', note: 'Not sent: the plan no longer has it.' }),
  blocked: exampleDraft({
    proposal: announcement(goLiveAt, { usual: null, blocked: 'Not sent: the release was rolled back.' }),
  }),
};
