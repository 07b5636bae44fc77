import { longDay, numericDay, shortDay, timeOfDay } from '../../text/instants.ts';

/** `{{DATE(2026-12-01T09:00:00Z, SHORT)}}` and `{{TIME(2026-12-01T09:00:00Z)}}`, exactly as strict as Teams. */
const FUNCTION =
  /\{\{(?:DATE\((?<date>\S+?)(?:, ?(?<style>COMPACT|SHORT|LONG))?\)|TIME\((?<time>\S+?)\))\}\}/g;

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})$/;

/** A card's text with its dates and times as people of an IANA zone read them. What Teams can't read stays as it is. */
export function withLocalTimes(text: string, zone: string): string {
  return text.replace(FUNCTION, (source, date?: string, style?: string, time?: string) => {
    const instant = date ?? time ?? '';
    const ms = Date.parse(instant);
    if (!INSTANT.test(instant) || Number.isNaN(ms)) return source;
    return date === undefined ? timeOfDay(ms, zone) : dayIn(style, ms, zone);
  });
}

function dayIn(style: string | undefined, ms: number, zone: string): string {
  if (style === 'LONG') return longDay(ms, zone);
  return style === 'SHORT' ? shortDay(ms, zone) : numericDay(ms, zone);
}
