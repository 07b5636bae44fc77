import * as z from 'zod';
import type { DeploymentDriver } from '../services/ports/deployment-driver.ts';
import { createDemoDriver, DemoDriverConfig } from './demo/demo-driver.ts';

/** How to reach what is deployed; a kind of target is a member of this union. */
export const DriverConfig = z.discriminatedUnion('type', [DemoDriverConfig]);
export type DriverConfig = z.infer<typeof DriverConfig>;

/** Makes the driver that the configuration asks for; the target is not contacted yet. */
export function createDriver(config: DriverConfig): DeploymentDriver {
  switch (config.type) {
    case 'demo':
      return createDemoDriver(config);
  }
}
