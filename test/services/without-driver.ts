import type { World } from '../support/test-services.ts';

/** The same world, in which no driver is configured: what every workspace is before it has one. */
export function withoutDriver(world: World): World {
  const driver = () => undefined;
  return {
    ...world,
    services: { ...world.services, driver },
    jobs: { ...world.jobs, driver },
    as: (person, idempotencyKey) => ({ ...world.as(person, idempotencyKey), driver }),
  };
}
