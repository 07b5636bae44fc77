import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { systemClock } from '../../src/lib/clock.ts';
import { createAdapterRegistry, defineAdapter } from '../../src/lib/create-adapter-registry.ts';
import { createRegistry } from '../../src/lib/create-registry.ts';

describe('createRegistry', () => {
  const registry = createRegistry([{ name: 'one' }, { name: 'two' }]);

  it('finds entries by name', () => {
    expect(registry.names).toEqual(['one', 'two']);
    expect(registry.find('two')).toEqual({ name: 'two' });
    expect(registry.find('toString')).toBeUndefined();
  });

  it('says what there is when asked for something else', () => {
    expect(() => registry.get('three')).toThrow('There is no "three"; there is one, two.');
  });

  it('refuses two entries of one name', () => {
    expect(() => createRegistry([{ name: 'one' }, { name: 'one' }])).toThrow('the same name: one, one');
  });
});

describe('createAdapterRegistry', () => {
  const file = defineAdapter({
    name: 'file',
    settings: z.strictObject({ path: z.string(), retries: z.int().default(2) }),
    create: ({ path, retries }, { clock }) => `${path} ${retries} ${clock.wall()}`,
  });
  const nothing = defineAdapter({ name: 'nothing', settings: z.strictObject({}), create: () => '' });
  const registry = createAdapterRegistry([file, nothing]);

  it('checks a configuration by its type, and makes the adapter with the defaults filled in and the clock of the process', () => {
    expect(registry.schema.parse({ type: 'file', path: 'x' })).toEqual({
      type: 'file',
      path: 'x',
      retries: 2,
    });
    const context = { clock: { ...systemClock, wall: () => 5 } };
    expect(registry.create({ type: 'file', path: 'x' }, context)).toBe('x 2 5');
  });

  it.each([
    [{ type: 'file' }, 'path'],
    [{ type: 'nothing', path: 'x' }, 'Unrecognized key'],
    [{ type: 'other' }, 'type'],
  ])('refuses %j', (config, message) => {
    expect(registry.schema.safeParse(config).error?.message).toContain(message);
  });
});
