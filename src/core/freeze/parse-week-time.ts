import { WEEKDAYS } from './describe-freeze.ts';
import type { WeekTime } from './freeze.ts';

const shape = /^([a-z]+)\s+(\d{1,2}):(\d{2})$/i;

/** `Friday 16:00` or `Fri 16:00`; null when it is neither. */
export function parseWeekTime(text: string): WeekTime | null {
  const [, word = '', hour = '', minute = ''] = shape.exec(text.trim()) ?? [];
  const name = word.toLowerCase();
  const day = WEEKDAYS.findIndex((each) => name.length >= 3 && each.toLowerCase().startsWith(name)) + 1;
  if (day === 0 || Number(hour) > 23 || Number(minute) > 59) return null;
  return { day, time: `${hour.padStart(2, '0')}:${minute}` };
}
