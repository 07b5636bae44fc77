import { describe, expect, it } from 'vitest';
import { parseRecord } from '../../../../src/bot/interactions/words/parse-record.ts';

/** What is read as a record: the release, percent, the note. */
const read: [typed: string, releaseKey: string | null, toPercent: number, note: string | null][] = [
  ['deployed', null, 100, null],
  ['Deployed.', null, 100, null],
  ['deployed 50%', null, 50, null],
  ['deployed to 50 %', null, 50, null],
  ['deployed at 50 percent', null, 50, null],
  ['deployed 50', null, 50, null],
  ['deployed 12.5% of the traffic', null, 12.5, null],
  ['deployed 0,5%', null, 0.5, null],
  ['deployed 100%', null, 100, null],
  ['web-2.4.0 deployed 50%', 'web-2.4.0', 50, null],
  ['WEB-2.4.0 deployed', 'web-2.4.0', 100, null],
  ['deployed 50% web-2.4.0', 'web-2.4.0', 50, null],
  ['deployed web-2.4.0', 'web-2.4.0', 100, null],
  ['web-2.4.0 deployed 50% EU only, pipeline #812.', 'web-2.4.0', 50, 'EU only, pipeline #812.'],
  ['web-2.4.0 deployed 50%, EU only', 'web-2.4.0', 50, 'EU only'],
  ['deployed 50% "EU only."', null, 50, 'EU only.'],
  ['deployed 50% “EU only”', null, 50, 'EU only'],
  ['deployed 50% web-2.4.0 "EU only"', 'web-2.4.0', 50, 'EU only'],
  ['deployed "all of it"', null, 100, 'all of it'],
  ['deployed 50% "up from 10%, is web-2.3.9 gone?"', null, 50, 'up from 10%, is web-2.3.9 gone?'],
  ['deployed 50% 3 of 10 regions', null, 50, '3 of 10 regions'],
  ['deployed 50% - 3 of 10 regions', null, 50, '3 of 10 regions'],
  ['deployed 50% "up from 1%-10%"', null, 50, 'up from 1%-10%'],
  ['deployed 50% p95-latency is fine', null, 50, 'p95-latency is fine'],
  ['web-2.4.0 deployed 50% after web-2.4.0 was tagged', 'web-2.4.0', 50, 'after web-2.4.0 was tagged'],
  ['deployed 50% ""', null, 50, null],
  ['rolled back', null, 0, null],
  ['Rolled Back', null, 0, null],
  ['rolled-back', null, 0, null],
  ['rolledback errors', null, 0, 'errors'],
  ['web-2.4.0 rolled back', 'web-2.4.0', 0, null],
  ['rolled back web-2.4.0 errors at checkout', 'web-2.4.0', 0, 'errors at checkout'],
  ['rolled back "5% of checkouts failed"', null, 0, '5% of checkouts failed'],
  ['web-2.4.0 rolled back to 2.3.9', 'web-2.4.0', 0, 'to 2.3.9'],
  ['rolled back "partly, then deployed again"', null, 0, 'partly, then deployed again'],
  ['deployed 50% "rolled out again"', null, 50, 'rolled out again'],
  ['rolled back as a guard against errors', null, 0, 'as a guard against errors'],
];

/** What is refused, and what is said of it. */
const refused: [typed: string, told: string][] = [
  ['', 'What happened?'],
  ['  ', 'What happened?'],
  ['web-2.4.0', 'What happened?'],
  ['help me', 'I don\'t understand "help".'],
  ['deploy 50%', 'I don\'t understand "deploy".'],
  ['web-2.4.0 promoted', 'I don\'t understand "promoted".'],
  ['not deployed', 'I don\'t understand "not".'],
  ['50% deployed', 'I don\'t understand "50%".'],
  ['rollback', 'I don\'t understand "rollback".'],
  ['rolled', 'I don\'t understand "rolled".'],
  ['rolled forward', 'I don\'t understand "rolled".'],
  ['deployed 0%', '0 % is not a deployment. If it was rolled back, say "rolled back".'],
  ['deployed 101%', '"101%" is not a share of traffic.'],
  ['deployed 1000%', '"1000%" is not a share of traffic.'],
  ['deployed -5%', '"-5%" is not a share of traffic.'],
  ['deployed 1%–50%', '"1%–50%" is more than one share of the traffic. Give the one that it has now'],
  ['deployed 50%-100%', '"50%-100%" is more than one share'],
  ['deployed 50% - 100%', '"50% - 100%" is more than one share'],
  ['deployed 1-50%', '"1-50%" is more than one share'],
  ['deployed 1-50', '"1-50" is more than one share'],
  ['deployed from 1% to 50%', '"1% to 50%" is more than one share'],
  ['deployed to 10 to 50 percent', '"10 to 50 percent" is more than one share'],
  ['web-2.4.0 deployed 10%..50% EU', '"10%..50%" is more than one share'],
  ['deployed 1% → 50%', '"1% → 50%" is more than one share'],
  ['deployed 50%, 100% in EU', '"50%, 100%" is more than one share'],
  ['deployed 50% and then 100%', '"50% and then 100%" is more than one share'],
  ['deployed 50%/100%', '"50%/100%" is more than one share'],
  ['deployed 2.4.0', '"2.4.0%" is not a share of traffic.'],
  ['deployed 3 of 10 regions', 'Is "3" a share of the traffic? Write 3%'],
  ['deployed 50 web-2.4.0', 'Is "50" a share of the traffic? Write 50%'],
  ['deployed to EU 50%', 'To what share of the traffic?'],
  ['deployed partly', 'To what share of the traffic?'],
  ['deployed not yet', 'To what share of the traffic?'],
  ['web-2.4.0 deployed everywhere', 'To what share of the traffic?'],
  ['deployed 50% "EU only', 'The note has no closing quotation mark.'],
  ['deployed 50% "EU only" 100%', 'I don\'t understand "100%" after the note.'],
  ['deployed 50% EU only, as web-2.5.0', 'Is it about web-2.5.0? Put the release first'],
  ['web-2.4.0 deployed 50% web-2.5.0', 'Is it about web-2.5.0? Put the release first'],
  ['rolled back 50%', 'Rolled back means that nothing is left on the new version.'],
  ['rolled back: 5% of checkouts failed', 'put a note in quotes'],
  ['rolled back to 10 %', 'Rolled back means that nothing is left on the new version.'],
  ['rolled back partly', 'Is "partly" part of a note? Then put the note in quotes.'],
  ['rolled back partially', 'Is "partially" part of a note?'],
  ['rolled back, a partial one', 'Is "partial" part of a note?'],
  ['web-2.4.0 rolled back and deployed again', 'Is "deployed" part of a note?'],
  ['rolled back, then re-deployed', 'Is "re-deployed" part of a note?'],
  ['rolled back again', 'Is "again" part of a note?'],
  ['rolled back, Rolled forward', 'Is "Rolled" part of a note?'],
  ['deployed 50% then rolled back', 'Is "rolled" part of a note?'],
  ['deployed 100% partly', 'Is "partly" part of a note?'],
  ['deployed 50%: deployed in EU', 'Is "deployed" part of a note?'],
];

describe('parseRecord', () => {
  it.each(read)('reads %s', (typed, releaseKey, toPercent, note) => {
    expect(parseRecord(typed)).toEqual({ ok: true, releaseKey, toPercent, note });
  });

  it.each(refused)('records nothing for "%s", and says why', (typed, told) => {
    expect(parseRecord(typed)).toEqual({ ok: false, message: expect.stringContaining(told) });
  });

  it('takes whatever is pasted, however long, in no time', () => {
    const long = [
      `deployed 50% ${'a-1'.repeat(500_000)}`,
      `deployed ${'9'.repeat(1_000_000)}`,
      `deployed 1${'.'.repeat(1_000_000)}`,
      `deployed 1%${' '.repeat(1_000_000)}-`,
      '"'.repeat(1_000_000),
    ];
    // What looks at everything again from each place would not be done within the test's time.
    for (const typed of long) expect(parseRecord(typed).ok).toBeTypeOf('boolean');
  });
});
