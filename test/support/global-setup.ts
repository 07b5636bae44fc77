import type { TestProject } from 'vitest/node';
import { startServices, type TestServices } from './start-services.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    services: TestServices;
  }
}

/** Several projects of one run ask for the services; the first one starts them, the last one stops them. */
interface Shared {
  users: number;
  running: Promise<{ services: TestServices; stop(): Promise<void> }>;
}
const shared = globalThis as typeof globalThis & { tminusTestServices?: Shared };

/** Vitest's global setup: PostgreSQL and Redis for the whole run; fails, with the next step, when they can't be had. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.tminusTestServices ??= { users: 0, running: startServices() };
  const mine = shared.tminusTestServices;
  mine.users += 1;
  const { services, stop } = await mine.running;
  project.provide('services', services);
  return async () => {
    mine.users -= 1;
    if (mine.users > 0) return;
    delete shared.tminusTestServices;
    await stop();
  };
}
