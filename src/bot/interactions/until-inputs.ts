import { resolveLocalTime } from '../../core/calendar/local-time.ts';
import type { FormElement, FormValues } from '../../core/card/form.ts';

/** Asks until when something holds. `initial`: YYYY-MM-DD and HH:MM in `zone`. */
export function untilInputs(zone: string, initial: { date: string; time: string }): FormElement[] {
  return [
    { type: 'input', kind: 'date', name: 'until', label: 'Until', initial: initial.date },
    { type: 'input', kind: 'time', name: 'time', label: `Time (${zone})`, zone, initial: initial.time },
  ];
}

/** What was chosen, epoch ms: null without a date; without a time, nine in the morning. */
export function readUntil({ until: date, time }: FormValues, zone: string): number | null {
  return date ? resolveLocalTime(date, 0, time || '09:00', zone).instant : null;
}
