import { createAdapterRegistry } from '../lib/create-adapter-registry.ts';
import type { DeploymentDriver } from '../services/ports/deployment-driver.ts';
import { allDrivers } from './all-drivers.generated.ts';

/** Every kind of deployment driver: each is a folder beside this file. */
export const driverRegistry = createAdapterRegistry<DeploymentDriver>(allDrivers);
