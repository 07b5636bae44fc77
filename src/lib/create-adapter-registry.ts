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
}

/** Says in one value how a kind of adapter is configured and made. */
export function defineAdapter<Shape extends z.ZodRawShape, Adapter>(kind: {
  name: string;
  settings: z.ZodObject<Shape>;
  create(settings: z.output<z.ZodObject<Shape>>, context: AdapterContext): Adapter;
}): AdapterKind<Adapter> {
  const { name, settings, create } = kind;
  return { name, settings, create: (given, context) => create(settings.parse(given), context) };
}

/** What the configuration says of one adapter; only its own kind knows the rest. */
export type AdapterConfig = { type: string } & Record<string, unknown>;

/** All kinds of one sort of adapter. */
export interface AdapterRegistry<Adapter> {
  /** Checks the configuration of one adapter of any of these kinds. */
  readonly schema: z.ZodType<AdapterConfig>;
  /** Makes the adapter that a checked configuration asks for. */
  create(config: AdapterConfig, context: AdapterContext): Adapter;
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
  };
}
