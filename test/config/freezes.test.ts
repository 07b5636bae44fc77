import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig, parseConfigFile } from '../../src/config/load-config.ts';
import { loadFreezes } from '../../src/config/load-freezes.ts';
import { readIcs } from '../../src/config/read-ics.ts';

const read = (yaml: string) =>
  loadFreezes(parseConfigFile(`defaultZone: Europe/Berlin\n${yaml}`, { path: 'tminus.yaml', env: {} }));

describe('freezes of the configuration', () => {
  it('are weekly, once or whole days, in their own zone or the default one', () => {
    expect(
      read(`freezes:
  - { name: Weekend, weekly: { from: "Fri 16:00", until: "monday 6:00" }, except: [hotfix] }
  - { name: " Year end ", from: "2030-12-20 18:00", until: "2031-01-06 06:00", zone: UTC, products: [App], production: [web] }
  - { name: Holidays, days: ["2030-12-25"] }`),
    ).toEqual([
      {
        ...{
          id: null,
          name: 'Weekend',
          zone: 'Europe/Berlin',
          products: null,
          production: null,
          except: ['hotfix'],
        },
        times: { kind: 'weekly', from: { day: 5, time: '16:00' }, until: { day: 1, time: '06:00' } },
      },
      {
        ...{ id: null, name: 'Year end', zone: 'UTC', products: ['App'], production: ['web'], except: [] },
        times: {
          kind: 'local',
          from: { date: '2030-12-20', time: '18:00' },
          until: { date: '2031-01-06', time: '06:00' },
        },
      },
      {
        ...{
          id: null,
          name: 'Holidays',
          zone: 'Europe/Berlin',
          products: null,
          production: null,
          except: [],
        },
        times: { kind: 'days', days: ['2030-12-25'] },
      },
    ]);
  });

  it.each([
    ['{ name: A }', 'needs exactly one of: weekly, from with until, days, ics'],
    ['{ name: A, days: ["2030-12-25"], ics: a.ics }', 'needs exactly one of'],
    ['{ name: A, from: "2030-12-20 18:00" }', 'needs both from and until'],
    [
      '{ name: A, from: "2030-12-20 18:00", until: "2030-12-20 17:00" }',
      'freezes.0.until: is not after from',
    ],
    ['{ name: A, from: "20 December", until: "2030-12-20 17:00" }', 'is not a date and time such as'],
    [
      '{ name: A, weekly: { from: "Fryday 16:00", until: "Monday 06:00" } }',
      'is not a time of the week such as',
    ],
    ['{ name: A, weekly: { from: "Monday 06:00", until: "Monday 06:00" } }', 'holds the whole week'],
    ['{ name: A, days: ["2030-02-30"] }', 'is not a date such as 2030-12-25'],
    ['{ name: A, days: ["2030-12-25"], zone: Berlin }', 'is not an IANA time zone'],
    ['{ name: A, days: ["2030-12-25"], except: [tiny] }', 'freezes.0.except.0'],
    [
      '{ name: A, days: ["2030-12-25"] }\n  - { name: " a", days: ["2030-12-25"] }',
      'is the name of another freeze',
    ],
  ])('are refused: %s', (freeze, told) => {
    expect(() => read(`freezes:\n  - ${freeze}`)).toThrow(told);
  });

  it('with a calendar that is none keep tminus from starting, and say which', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'tminus-freezes-'));
    const file = path.join(folder, 'tminus.yaml');
    const ics = path.join(folder, 'holidays.ics');
    writeFileSync(file, `freezes:\n  - { name: Holidays, ics: ${ics} }\n`);
    const load = () => loadConfig({ env: { SLACK_BOT_TOKEN: 'xoxb', SLACK_APP_TOKEN: 'xapp' }, file });
    await expect(load()).rejects.toThrow(`The calendar ${ics} of the freeze "Holidays" is not usable`);
    writeFileSync(ics, 'no calendar');
    await expect(load()).rejects.toThrow('is not usable');
    writeFileSync(ics, calendar(''));
    await expect(load()).rejects.toThrow('it has no events');
    writeFileSync(ics, calendar(event('DTSTART;VALUE=DATE:20301225')));
    expect((await load()).freezes).toHaveLength(1);
  });
});

const calendar = (events: string) =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n${events}END:VCALENDAR\r\n`;
let uid = 0;
const event = (...lines: string[]) => {
  uid += 1;
  const body = [`UID:${uid}@test`, 'SUMMARY:Away', ...lines].join('\r\n');
  return `BEGIN:VEVENT\r\n${body}\r\nEND:VEVENT\r\n`;
};

describe('a calendar file', () => {
  const zone = 'Europe/Berlin';

  it('gives whole days, of which the end is not one', () => {
    const text = calendar(
      event('DTSTART;VALUE=DATE:20301224', 'DTEND;VALUE=DATE:20301227') +
        event('DTSTART;VALUE=DATE:20310101'),
    );
    expect(readIcs(text, zone)).toEqual({
      days: ['2030-12-24', '2030-12-25', '2030-12-26', '2031-01-01'],
      spans: [],
    });
  });

  it('gives days that come again each year, without those that are left out, with those that are moved', () => {
    const series = event(
      'DTSTART;VALUE=DATE:20301224',
      'RRULE:FREQ=YEARLY;COUNT=4',
      'EXDATE;VALUE=DATE:20311224',
    );
    const moved = `BEGIN:VEVENT\r\nUID:${uid}@test\r\nRECURRENCE-ID;VALUE=DATE:20321224\r\nDTSTART;VALUE=DATE:20321223\r\nEND:VEVENT\r\n`;
    expect(readIcs(calendar(series + moved), zone).days).toEqual(['2030-12-24', '2032-12-23', '2033-12-24']);
  });

  it('gives days of a rule without an end up to the year 2100', () => {
    const { days } = readIcs(calendar(event('DTSTART;VALUE=DATE:19900501', 'RRULE:FREQ=YEARLY')), zone);
    expect(days).toHaveLength(111);
    expect(days.at(-1)).toBe('2100-05-01');
  });

  it.each([
    ['DTSTART:20300618T080000Z', 'DTEND:20300618T090000Z', '2030-06-18T08:00Z'],
    [
      'DTSTART;TZID=America/New_York:20300618T080000',
      'DTEND;TZID=America/New_York:20300618T090000',
      '2030-06-18T12:00Z',
    ],
    ['DTSTART:20300618T080000', 'DURATION:PT1H', '2030-06-18T06:00Z'],
  ])('reads %s in its own zone, or in that of the freeze', (start, end, expected) => {
    const from = Date.parse(expected);
    expect(readIcs(calendar(event(start, end)), zone).spans).toEqual([{ from, until: from + 3_600_000 }]);
  });

  it('reads a zone that only the file knows', () => {
    const own =
      'BEGIN:VTIMEZONE\r\nTZID:Office Time\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0300\r\nTZOFFSETTO:+0300\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n';
    const text = calendar(own + event('DTSTART;TZID=Office Time:20300618T080000', 'DURATION:PT1H'));
    expect(readIcs(text, zone).spans[0]?.from).toBe(Date.parse('2030-06-18T05:00Z'));
  });

  it('refuses what comes again without measure', () => {
    const text = calendar(event('DTSTART:20300618T080000Z', 'DURATION:PT1H', 'RRULE:FREQ=HOURLY'));
    expect(() => readIcs(text, zone)).toThrow('"Away" comes again more than 5000 times; use weekly instead.');
  });
});
