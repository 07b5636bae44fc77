import type * as z from 'zod';
import type { driverRegistry } from '../drivers/driver-registry.ts';
import type { AdapterConfig } from '../lib/create-adapter-registry.ts';

/**
 * Refuses two drivers for one target. Under each name a target has one release at a time, so under two names it would
 * have two, and neither would know of the other.
 */
export function oneDriverATarget({ addressOf }: Pick<typeof driverRegistry, 'addressOf'>) {
  return (drivers: Readonly<Record<string, AdapterConfig>>, context: z.RefinementCtx): void => {
    const names = new Map<string, string>();
    for (const [name, config] of Object.entries(drivers)) {
      const address = addressOf(config);
      const first = address === null ? undefined : names.get(address);
      if (first === undefined) {
        if (address !== null) names.set(address, name);
        continue;
      }
      const message = `drives the same target as drivers.${first}: ${address}. A target has one driver, so that it has one release at a time. Remove one of the two, and use the other as rollout.driver in every plan`;
      context.addIssue({ code: 'custom', path: [name], message });
    }
  };
}
