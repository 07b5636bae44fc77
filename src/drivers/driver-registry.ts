import { createAdapterRegistry, type TargetKind } from '../lib/create-adapter-registry.ts';
import type { DeploymentDriver } from '../services/ports/deployment-driver.ts';
import { allDrivers } from './all-drivers.generated.ts';

/** Every kind of deployment driver: each is a folder beside this file. */
const kinds: readonly TargetKind<DeploymentDriver>[] = allDrivers;

export const driverRegistry = createAdapterRegistry<DeploymentDriver>(kinds);
