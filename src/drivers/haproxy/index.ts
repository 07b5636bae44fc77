import { defineTargetAdapter } from '../../lib/create-adapter-registry.ts';
import { createHaproxyDriver } from './haproxy-driver.ts';
import { HaproxySettings } from './schema.ts';

/** A backend of HAProxy, whose weights are set at its runtime socket. */
export const driver = defineTargetAdapter({
  name: 'haproxy',
  settings: HaproxySettings,
  create: createHaproxyDriver,
  // Names of hosts are the same in either case, paths are not.
  address: ({ socket, backend }) => `${socket.startsWith('/') ? socket : socket.toLowerCase()} ${backend}`,
});
