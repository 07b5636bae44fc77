import { Temporal } from 'temporal-polyfill';
import type { AudienceChannels } from '../plan/audiences.ts';
import type { ProductionChannel } from '../plan/environments.ts';
import type { Plan } from '../plan/plan.ts';
import type {
  Frequency,
  ReleaseType,
  RiskTolerance,
  StakeholderComplexity,
  Strategy,
  TeamSize,
} from '../plan/planning-arguments.ts';
import type { PresetName } from '../plan/rollout-presets.ts';

type Person = Plan['roles']['release_manager'];

/** What every release of a product inherits, unless its plan says otherwise. Everything but the name may be missing. */
export interface Product {
  name: string;
  /** How people type it: `web`. */
  key?: string | undefined;
  summary?: string | undefined;
  zone?: string | undefined;
  /** HH:MM */
  time?: string | undefined;
  type?: ReleaseType | undefined;
  teamSize?: TeamSize | undefined;
  frequency?: Frequency | undefined;
  riskTolerance?: RiskTolerance | undefined;
  stakeholders?: StakeholderComplexity | undefined;
  production?: ProductionChannel[] | undefined;
  strategy?: Strategy | undefined;
  preset?: PresetName | undefined;
  driver?: string | undefined;
  metrics?: string | undefined;
  roles: { [Role in keyof Plan['roles']]?: Person | undefined };
  /** Release managers who take turns, a week each; the first one from the week of `from` (YYYY-MM-DD) on. */
  rotation?: { from: string; people: readonly Person[] } | undefined;
  channels: AudienceChannels;
  /** Folder of message templates that go before all others. */
  templates?: string | undefined;
  /** Communications that only these release types have, by their keys. */
  types: Readonly<Record<string, readonly ReleaseType[]>>;
}

/** The product that people call so, by its name or key. */
export function findProduct(products: readonly Product[], called: string): Product | null {
  const wanted = called.trim().toLowerCase();
  if (wanted === '') return null;
  return (
    products.find(({ name, key }) => [name, key].some((one) => one?.trim().toLowerCase() === wanted)) ?? null
  );
}

/** Who manages a release of a product that goes live on a date (YYYY-MM-DD); undefined: the product says nothing. */
export function releaseManagerOn({ rotation, roles }: Product, date: string | null): Person | undefined {
  if (!rotation || date === null) return roles.release_manager;
  const weeks = mondayOf(rotation.from).until(mondayOf(date), { largestUnit: 'days' }).days / 7;
  const { length } = rotation.people;
  return rotation.people[((weeks % length) + length) % length];
}

function mondayOf(date: string): Temporal.PlainDate {
  const day = Temporal.PlainDate.from(date);
  return day.subtract({ days: day.dayOfWeek - 1 });
}
