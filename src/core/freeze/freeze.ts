import type { ProductionChannel } from '../plan/environments.ts';
import type { Plan } from '../plan/plan.ts';
import type { ReleaseType } from '../plan/planning-arguments.ts';

/** Monday is 1. */
export interface WeekTime {
  day: number;
  /** HH:MM */
  time: string;
}

/** From a time of each week to the next time that it is `until`. */
export interface WeeklyWindow {
  from: WeekTime;
  until: WeekTime;
}

/** Once, from and until a local time: `2030-12-20` `18:00`. */
export interface LocalWindow {
  from: { date: string; time: string };
  until: { date: string; time: string };
}

/** When a freeze holds. Instants are epoch ms; a window holds from its first instant until before its last. */
export type FreezeTimes =
  | { kind: 'once'; from: number; until: number }
  | ({ kind: 'local' } & LocalWindow)
  | ({ kind: 'weekly' } & WeeklyWindow)
  /** Whole days (YYYY-MM-DD), such as holidays. */
  | { kind: 'days'; days: readonly string[] }
  /** The events of a calendar. */
  | { kind: 'calendar'; days: readonly string[]; spans: readonly { from: number; until: number }[] };

/** A time in which nothing goes live and nothing is promoted. */
export interface Freeze {
  /** Of a row; null: it is in the configuration. */
  id: string | null;
  /** As people call it: `Year end`. */
  name: string;
  /** IANA zone in which its dates and times are read. */
  zone: string;
  times: FreezeTimes;
  /** For which products, by their names; null: for all. */
  products: readonly string[] | null;
  /** For which production channels; null: for all. Nothing before production is ever frozen. */
  production: readonly ProductionChannel[] | null;
  /** The release types that it lets through. */
  except: readonly ReleaseType[];
}

/** Whether a freeze is for a release, whenever it holds. */
export function concerns(
  freeze: Freeze,
  { product, production, type }: Pick<Plan, 'product' | 'production' | 'type'>,
): boolean {
  if (freeze.except.includes(type)) return false;
  if (freeze.production && !freeze.production.some((channel) => production.includes(channel))) return false;
  return freeze.products === null || freeze.products.some((name) => isSameName(name, product));
}

/** Whether two names are the same to people: neither case nor spaces around them count. */
export function isSameName(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
