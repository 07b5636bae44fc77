import { isCalendarDate } from '../calendar/local-time.ts';
import { RELEASE_TYPES } from '../plan/planning-arguments.ts';
import { PRESETS } from '../plan/rollout-presets.ts';
import { findProduct, type Product, releaseManagerOn } from './product.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * A plan as somebody wrote it, with what its product's file says where it says nothing. What can't be read is left as
 * it is, for the plan's own checks to tell.
 */
export function withProduct(given: unknown, products: readonly Product[]): unknown {
  if (!isFields(given) || typeof given.product !== 'string') return given;
  const product = findProduct(products, given.product);
  if (!product) return given;
  const { type, teamSize, frequency, riskTolerance, stakeholders, production, summary } = product;
  const { zone, time } = product;
  const plain = { type, teamSize, frequency, riskTolerance, stakeholders, production, summary };
  const filled = {
    ...filledIn(plain, given),
    product: product.name,
    goLive: within({ zone, time }, given.goLive),
    rollout: within(rolloutOf(product, given.rollout), given.rollout),
    roles: within(rolesOf(product, given.goLive), given.roles),
    channels: within(product.channels, given.channels),
  };
  return { ...filled, communications: withoutOtherTypes(product, filled) };
}

/** The defaults, and over them what is given. */
function filledIn(defaults: Fields, given: Fields): Fields {
  const isSet = ([, value]: [string, unknown]) => value !== undefined;
  const set = (fields: Fields) => Object.fromEntries(Object.entries(fields).filter(isSet));
  return { ...set(defaults), ...set(given) };
}

/** The same for a part that may be missing; one that is no group stays. */
function within(defaults: Fields, given: unknown): unknown {
  if (given !== undefined && !isFields(given)) return given;
  const filled = filledIn(defaults, given ?? {});
  return given === undefined && Object.keys(filled).length === 0 ? undefined : filled;
}

/** A strategy or a preset of the plan takes the place of both of the product's; its own phases, of the preset. */
function rolloutOf({ strategy, preset, driver, metrics }: Product, given: unknown): Fields {
  const own = isFields(given) ? given : {};
  if (own.strategy !== undefined || own.preset !== undefined) return { driver, metrics };
  return own.phases === undefined
    ? { strategy, preset, driver, metrics }
    : { strategy: strategy ?? (preset && PRESETS[preset].strategy), driver, metrics };
}

function rolesOf(product: Product, goLive: unknown): Fields {
  const date =
    isFields(goLive) && typeof goLive.date === 'string' && isCalendarDate(goLive.date) ? goLive.date : null;
  return { ...product.roles, release_manager: releaseManagerOn(product, date) };
}

/** Items of other release types are dropped, unless the plan itself changes them. */
function withoutOtherTypes({ types }: Product, { type: given, communications }: Fields): unknown {
  if (communications !== undefined && !isFields(communications)) return communications;
  const type = RELEASE_TYPES.find((each) => each === (given ?? 'minor'));
  const { change, drop } = communications ?? {};
  if (!type || (drop !== undefined && !Array.isArray(drop))) return communications;
  const changed = isFields(change) ? Object.keys(change) : [];
  const others = Object.entries(types).flatMap(([key, only]) =>
    only.includes(type) || changed.includes(key) ? [] : [key],
  );
  if (others.length === 0) return communications;
  return { ...communications, drop: [...new Set([...(drop ?? []), ...others])] };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
