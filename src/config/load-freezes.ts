import { readFileSync } from 'node:fs';
import type { Freeze, FreezeTimes } from '../core/freeze/freeze.ts';
import { parseWeekTime } from '../core/freeze/parse-week-time.ts';
import { errorMessage } from '../lib/error-message.ts';
import { ConfigError } from './config-error.ts';
import type { FreezeConfig } from './freezes-schema.ts';
import { readIcs } from './read-ics.ts';

/** The freezes of a configuration, with the dates of their calendar files. @throws ConfigError */
export function loadFreezes({
  freezes,
  defaultZone,
}: {
  freezes: readonly FreezeConfig[];
  defaultZone: string;
}): Freeze[] {
  return freezes.map((freeze) => {
    const zone = freeze.zone ?? defaultZone;
    const { name, products = null, production = null, except } = freeze;
    return { id: null, name: name.trim(), zone, times: timesOf(freeze, zone), products, production, except };
  });
}

/** The schema has checked that there is exactly one. */
function timesOf({ name, weekly, from, until, days, ics }: FreezeConfig, zone: string): FreezeTimes {
  if (weekly) return { kind: 'weekly', from: weekTime(weekly.from), until: weekTime(weekly.until) };
  if (days) return { kind: 'days', days };
  if (from !== undefined && until !== undefined) {
    return { kind: 'local', from: moment(from), until: moment(until) };
  }
  return { kind: 'calendar', ...readCalendar(name, ics ?? '', zone) };
}

function weekTime(text: string) {
  const read = parseWeekTime(text);
  if (!read) throw new ConfigError(`"${text}" is not a time of the week.`);
  return read;
}

function moment(text: string) {
  const [date = '', time = ''] = text.split(' ');
  return { date, time };
}

function readCalendar(name: string, path: string, zone: string) {
  try {
    return readIcs(readFileSync(path, 'utf8'), zone);
  } catch (error) {
    throw new ConfigError(
      `The calendar ${path} of the freeze "${name}" is not usable: ${errorMessage(error)}`,
    );
  }
}
