/** Instants in words. Every function takes epoch milliseconds and an IANA zone. */

const formatters = new Map<string, Intl.DateTimeFormat>();

function format(ms: number, zone: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${zone} ${JSON.stringify(options)}`;
  const known = formatters.get(key) ?? new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options });
  formatters.set(key, known);
  return known.format(ms);
}

/** `10:00` */
export function timeOfDay(ms: number, zone: string): string {
  return format(ms, zone, { hour: '2-digit', minute: '2-digit' });
}

/** `10:00:05` */
export function timeWithSeconds(ms: number, zone: string): string {
  return format(ms, zone, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}

/** `Tue 3 Mar 2026` */
export function shortDay(ms: number, zone: string): string {
  const parts = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
  return format(ms, zone, parts).replace(',', '');
}

/** `Tuesday 3 March 2026` */
export function longDay(ms: number, zone: string): string {
  const parts = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
  return format(ms, zone, parts).replace(',', '');
}

/** `03/03/2026` */
export function numericDay(ms: number, zone: string): string {
  return format(ms, zone, { day: '2-digit', month: '2-digit', year: 'numeric' });
}

/** `CET`, `GMT+1`, `UTC`: what the zone is called at that instant. */
export function zoneName(ms: number, zone: string): string {
  return format(ms, zone, { timeZoneName: 'short' }).split(', ')[1] ?? zone;
}

/** `Tue 3 Mar 2026 09:00:05 UTC`, for tooltips. */
export function inUtc(ms: number): string {
  return `${shortDay(ms, 'UTC')} ${timeWithSeconds(ms, 'UTC')} UTC`;
}

/** `in 3 d 4 h`, `in 12 min`, `now`: the two largest units of a span in milliseconds. */
export function spanUntil(spanMs: number): string {
  const seconds = Math.round(spanMs / 1000);
  if (seconds <= 0) return 'now';
  const units: [number, string][] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor((seconds % 86_400) / 3_600), 'h'],
    [Math.floor((seconds % 3_600) / 60), 'min'],
    [seconds % 60, 's'],
  ];
  const first = units.findIndex(([count]) => count > 0);
  const shown = units.slice(first, first + 2).filter(([count]) => count > 0);
  return `in ${shown.map(([count, unit]) => `${count} ${unit}`).join(' ')}`;
}

/** Fills the tokens of Slack's date format, such as `{date_short} at {time}`. */
export function slackDate(template: string, ms: number, zone: string, nowMs: number): string {
  return template.replace(/\{(\w+)\}/g, (token, name: string) => dateToken(name, ms, zone, nowMs) ?? token);
}

function dateToken(name: string, ms: number, zone: string, nowMs: number): string | undefined {
  const pretty = name.endsWith('_pretty') ? dayNearby(ms, zone, nowMs) : undefined;
  switch (name.replace('_pretty', '')) {
    case 'date':
      return pretty ?? format(ms, zone, { day: 'numeric', month: 'long', year: 'numeric' });
    case 'date_short':
      return pretty ?? format(ms, zone, { day: 'numeric', month: 'short', year: 'numeric' });
    case 'date_long':
      return pretty ?? longDay(ms, zone);
    case 'date_num':
      return format(ms, zone, { year: 'numeric', month: '2-digit', day: '2-digit' })
        .split('/')
        .reverse()
        .join('-');
    case 'time':
      return timeOfDay(ms, zone);
    case 'time_secs':
      return timeWithSeconds(ms, zone);
    case 'ago':
      return ms > nowMs ? spanUntil(ms - nowMs) : agoOf(nowMs - ms);
    default:
      return undefined;
  }
}

function agoOf(spanMs: number): string {
  const span = spanUntil(spanMs);
  return span === 'now' ? 'just now' : `${span.slice('in '.length)} ago`;
}

function dayNearby(ms: number, zone: string, nowMs: number): string | undefined {
  const day = shortDay(ms, zone);
  const dayMs = 86_400_000;
  if (day === shortDay(nowMs, zone)) return 'today';
  if (day === shortDay(nowMs + dayMs, zone)) return 'tomorrow';
  if (day === shortDay(nowMs - dayMs, zone)) return 'yesterday';
  return undefined;
}
