import * as z from 'zod';
import type { Clock } from './clock.ts';
import { createRegistry } from './create-registry.ts';

/** What an adapter gets besides its settings. */
export interface AdapterContext {
  /** The one by which the process goes; the machine's own may differ. */
  clock: Clock;
}

/** One kind of adapter, such as one kind of deployment driver: how it is configured and made. */
export interface AdapterKind<Adapter> {
  /** What `type` says in the configuration. */
  readonly name: string;
  /** Its settings, without `type`. */
  readonly settings: z.ZodObject;
  /** Makes an adapter; nothing is contacted yet. @throws ZodError for settings that were not checked before. */
  create(settings: unknown, context: AdapterContext): Adapter;
  /**
   * What it changes in the outside world, by checked settings: the same for all settings that reach the same thing,
   * and without secrets. Left out where nothing is changed.
   */
  address?(settings: unknown): string;
}

/** A kind that changes something outside, such as a driver, and says what. */
export type TargetKind<Adapter> = AdapterKind<Adapter> & Required<Pick<AdapterKind<Adapter>, 'address'>>;

/** Says in one value how a kind of adapter is configured and made. */
export function defineAdapter<Shape extends z.ZodRawShape, Adapter>(kind: {
  name: string;
  settings: z.ZodObject<Shape>;
  create(settings: z.output<z.ZodObject<Shape>>, context: AdapterContext): Adapter;
}): AdapterKind<Adapter> {
  const { name, settings, create } = kind;
  return { name, settings, create: (given, context) => create(settings.parse(given), context) };
}

/** The same for one that changes something outside. */
export function defineTargetAdapter<Shape extends z.ZodRawShape, Adapter>(
  kind: Parameters<typeof defineAdapter<Shape, Adapter>>[0] & {
    address(settings: z.output<z.ZodObject<Shape>>): string;
  },
): TargetKind<Adapter> {
  return { ...defineAdapter(kind), address: (given) => kind.address(kind.settings.parse(given)) };
}

/** What the configuration says of one adapter; only its own kind knows the rest. */
export type AdapterConfig = { type: string } & Record<string, unknown>;

/** All kinds of one sort of adapter. */
export interface AdapterRegistry<Adapter> {
  /** Checks the configuration of one adapter of any of these kinds. */
  readonly schema: z.ZodType<AdapterConfig>;
  /** Makes the adapter that a checked configuration asks for. */
  create(config: AdapterConfig, context: AdapterContext): Adapter;
  /** What such an adapter changes outside, with its kind; null where that is nothing. */
  addressOf(config: AdapterConfig): string | null;
}

/** Lists the kinds of one sort of adapter, such as all deployment drivers. */
export function createAdapterRegistry<Adapter>(
  kinds: readonly AdapterKind<Adapter>[],
): AdapterRegistry<Adapter> {
  const registry = createRegistry(kinds);
  const [first, ...others] = kinds.map(({ name, settings }) =>
    z.strictObject({ type: z.literal(name), ...settings.shape }),
  );
  return {
    schema: first ? z.discriminatedUnion('type', [first, ...others]) : z.never('there is no kind of it yet'),
    create: ({ type, ...settings }, context) => registry.get(type).create(settings, context),
    addressOf: ({ type, ...settings }) => {
      const address = registry.get(type).address?.(settings);
      return address === undefined ? null : `${type} ${address}`;
    },
  };
}
