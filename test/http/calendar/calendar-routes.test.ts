import { convertIcsCalendar, type IcsCalendar, type IcsEvent } from 'ts-ics';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { calendarRoutes } from '../../../src/http/calendar/calendar-routes.ts';
import { type HttpServer, startHttpServer } from '../../../src/http/http-server.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { openCalendar } from '../../../src/services/calendar/open-calendar.ts';
import { cancelRelease } from '../../../src/services/lifecycle/cancel-release.ts';
import { rescheduleRelease } from '../../../src/services/lifecycle/reschedule-release.ts';
import { accepted, planRelease } from '../../services/steps.ts';
import { goLive, openWorld, type World } from '../../support/test-services.ts';

const releaseKey = 'web-2.4.0';

let world: World;
let server: HttpServer;
beforeEach(async () => {
  world = await openWorld();
  const routes = [calendarRoutes({ db: world.services.db, clock: world.clock })];
  server = await startHttpServer({ port: 0, host: '127.0.0.1', routes, log: silentLog });
});
afterEach(async () => {
  await server.close();
  await world.close();
});

/** The path of Nina's calendar. */
async function pathOfNina(renew = false): Promise<string> {
  const { url } = accepted(await openCalendar({ ctx: world.as('nina'), input: { renew } }));
  return new URL(url).pathname;
}

async function ask(path: string): Promise<Response> {
  return fetch(`${server.url}${path}`);
}

/** As a program reads it that has nothing to do with the one that wrote it. */
async function eventsAt(path: string): Promise<IcsEvent[]> {
  const text = await (await ask(path)).text();
  const calendar: IcsCalendar = convertIcsCalendar(undefined, text);
  return calendar.events ?? [];
}

async function titled(path: string, title: string): Promise<IcsEvent> {
  const event = (await eventsAt(path)).find(({ summary }) => summary === `${releaseKey}: ${title}`);
  if (event === undefined) throw new Error(`there is no ${title}`);
  return event;
}

describe('the calendar of releases', () => {
  it('is read by a calendar program: phases and milestones as days, the rest as instants', async () => {
    await planRelease(world);
    const path = await pathOfNina();
    const response = await ask(path);
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const lines = (await response.text()).split('\r\n');
    expect(lines.every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    const [goLiveEvent, testing, decision] = await Promise.all(
      ['Go-live', 'Testing', 'Go/no-go decision'].map((title) => titled(path, title)),
    );
    expect(goLiveEvent?.start).toMatchObject({ date: new Date(goLive), type: 'DATE-TIME' });
    expect(testing?.start.type).toBe('DATE');
    expect(testing?.end?.type).toBe('DATE');
    expect(decision?.status).toBe('TENTATIVE');
  });

  it('has each event under the same name when the release moves, and one that was cancelled as cancelled', async () => {
    await planRelease(world);
    const path = await pathOfNina();
    const before = await titled(path, 'Go-live');
    const chosen = { date: '2030-06-25', time: '10:00', from: Date.parse(goLive) };
    const input = { releaseKey, ...chosen, reason: 'Holidays.' };
    accepted(await rescheduleRelease({ ctx: world.as('rita'), input }));
    const moved = await titled(path, 'Go-live');
    expect(moved.uid).toBe(before.uid);
    expect(moved.start.date).toEqual(new Date('2030-06-25T08:00:00Z'));
    accepted(await cancelRelease({ ctx: world.as('rita'), input: { releaseKey, reason: 'No budget.' } }));
    expect((await titled(path, 'Go-live')).status).toBe('CANCELLED');
    world.clock.moveTo(Date.parse('2030-08-01T00:00:00Z'));
    expect(await eventsAt(path)).toEqual([]);
    expect((await eventsAt(`${path}?release=${releaseKey}`)).length).toBeGreaterThan(5);
  });

  it('takes what people typed literally', async () => {
    await planRelease(world, { summary: 'Faster; safer, and\nnew\\lines' });
    const path = await pathOfNina();
    expect((await titled(path, 'Go-live')).description).toBe('Faster; safer, and\nnew\\lines');
  });

  it('is not ended or added to by what people typed', async () => {
    await planRelease(world, { summary: 'Bye\r\nEND:VEVENT\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR' });
    const text = await (await ask(await pathOfNina())).text();
    const lines = text.split('\r\n');
    expect(lines.filter((line) => line === 'BEGIN:VCALENDAR' || line === 'END:VCALENDAR').length).toBe(2);
    const begun = lines.filter((line) => line === 'BEGIN:VEVENT').length;
    expect(lines.filter((line) => line === 'END:VEVENT').length).toBe(begun);
  });

  it('is the same address until there is a new one; then the old one opens nothing', async () => {
    const path = await pathOfNina();
    expect(await pathOfNina()).toBe(path);
    const renewed = await pathOfNina(true);
    expect(renewed).not.toBe(path);
    expect((await ask(path)).status).toBe(404);
    expect((await ask(renewed)).status).toBe(200);
    for (const guessed of ['guessed', '%00', '..%2f..%2fhealthz', "';--"])
      expect((await ask(`/calendar/${guessed}.ics`)).status).toBe(404);
    for (const key of ['%00', 'a&release=b'])
      expect((await ask(`${renewed}?release=${key}`)).status).toBe(200);
  });

  it('is closed once none of the accounts of its person is in use', async () => {
    const path = await pathOfNina();
    await world.query(`update identities set unreachable_since = now() where platform_id = 'U0NINA'`);
    expect((await ask(path)).status).toBe(404);
  });

  it('is refused, with what to do, while nobody has said where tminus is reached', async () => {
    const ctx = { ...world.as('nina'), publicUrl: () => null };
    const opened = await openCalendar({ ctx, input: { renew: false } });
    expect(opened).toMatchObject({ ok: false, refusal: { code: 'unavailable' } });
    expect(JSON.stringify(opened)).toContain('http.publicUrl');
  });
});
