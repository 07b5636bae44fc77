import { readFileSync } from 'node:fs';
import { fileConfigSchema } from '../../src/config/config.ts';
import { loadTemplates } from '../../src/config/load-templates.ts';
import type { MetricName } from '../../src/core/metrics/metric-registry.ts';
import type { Identity } from '../../src/core/people/identity.ts';
import { DEFAULT_CHANNELS, TEAM_AUDIENCES } from '../../src/core/plan/audiences.ts';
import type { Plan } from '../../src/core/plan/plan.ts';
import { parsePlan } from '../../src/core/plan-file/parse-plan.ts';
import { createJobServices, createServices } from '../../src/create-services.ts';
import type { Database } from '../../src/db/open-database.ts';
import { identities, persons } from '../../src/db/schema/people.ts';
import type { JobServices } from '../../src/jobs/job-services.ts';
import { silentLog } from '../../src/lib/log.ts';
import { sealTrail } from '../../src/services/audit/seal-trail.ts';
import type { Ctx, Services } from '../../src/services/kernel/context.ts';
import type { MetricReading } from '../../src/services/ports/metric-source.ts';
import type { WorkItem } from '../../src/services/ports/work-notifier.ts';
import { createMemoryDriver, type MemoryDriver } from '../drivers/memory-driver.ts';
import { createMemoryPlatform, type MemoryPlatform } from './memory-platform.ts';
import { borrowDatabase, returnDatabase } from './reused-database.ts';
import { TestClock } from './test-clock.ts';
import { createMemoryWitness, testTrailKeys } from './trail-keys.ts';

/** The people of the example plan by first name, and someone without any role. */
export const people = ['rita', 'emil', 'quinn', 'dana', 'priya', 'sam', 'bo', 'tom', 'nina'] as const;
export type PersonName = (typeof people)[number];

/** When a world begins: fifteen days before go-live, to the hour. */
export const worldStart = '2030-06-03T08:00:00.000Z';
/** Go-live of the example plan: 10:00 in Amsterdam. */
export const goLive = '2030-06-18T08:00:00.000Z';

/** The services over a database of their own, and every outside of theirs in the test's hands. */
export interface World {
  services: Services;
  jobs: JobServices;
  clock: TestClock;
  /** The machine's clock, epoch ms; a job's `sleep` moves it. */
  wall: { now: number };
  platform: MemoryPlatform;
  /** The same people and channels once more, under the name `second`; nothing of it is known unless it is connected. */
  second: MemoryPlatform;
  driver: MemoryDriver;
  /** What the metrics source reads; a function of the wall clock, so that a reading is fresh. */
  readings: Record<MetricName, (wall: number) => MetricReading>;
  /** What the workers were notified of, oldest first. */
  workItems: WorkItem[];
  /** The example plan. */
  plan: Plan;
  as(person: PersonName, idempotencyKey?: string): Ctx;
  query<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/**
 * Opens a world of which nothing is known yet, on a database of the run or on one's `own`. Close it at the end of the
 * test. `platforms`: whether the second platform is connected, too.
 */
export async function openWorld(
  own?: Database,
  { platforms = 1 }: { platforms?: 1 | 2 } = {},
): Promise<World> {
  const db = own ?? (await borrowDatabase());
  await introducePeople(db);
  const wall = { now: Date.parse('2031-01-01T00:00:00Z') };
  const clock = new TestClock(worldStart, () => wall.now);
  const platform = createMemoryPlatform(exampleWorkspace(), () => wall.now);
  const second = createSecondPlatform(() => wall.now);
  const both = new Map([['slack', platform], ...(platforms === 2 ? [['second', second] as const] : [])]);
  const driver = createMemoryDriver({ stableVersion: '2.3.9', candidateVersion: '2.4.0' });
  const readings = { 'error-rate': reading(0.0002), 'latency-p95': reading(80) };
  const workItems: WorkItem[] = [];
  const services = createServices({
    config,
    db,
    trailKeys: testTrailKeys,
    clock,
    log: silentLog,
    channels: both,
    directories: both,
    newId: countingIds(),
    templates,
    publicUrl: () => 'https://releases.example.com',
    notifier: { notify: async (sent) => void workItems.push(...sent) },
    drivers: new Map([['demo', driver]]),
    metrics: new Map([['demo', { query: async ({ metric }) => readings[metric](wall.now) }]]),
  });
  await sealTrail(services);
  return {
    services,
    jobs: createJobServices(services, {
      config,
      processId: '00000000-0000-4000-a000-000000000001',
      sleep: async (ms) => {
        wall.now += ms;
      },
      random: () => 0,
      stopping: new AbortController().signal,
      witness: createMemoryWitness(),
    }),
    clock,
    wall,
    platform,
    second,
    driver,
    readings,
    workItems,
    plan: structuredClone(examplePlan),
    as: (person, idempotencyKey) => ({
      ...services,
      // Any of them may be a backup; a person who is none has nobody's place to act in.
      actor: {
        kind: 'person',
        personId: personIdOf(person),
        isBackup: true,
        identity: identityOf(person),
        name: person,
      },
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    }),
    query: async (text, values = []) => (await db.pool.query(text, values)).rows,
    close: () => (own ? own.close() : returnDatabase(db)),
  };
}

/** As if each of them had once clicked something: their accounts are known, and nothing else. */
async function introducePeople(db: Database): Promise<void> {
  await db.insert(persons).values(people.map((name) => ({ id: personIdOf(name), name })));
  await db
    .insert(identities)
    .values(
      people.map((name) => ({ platform: 'slack', platformId: idOf(name), personId: personIdOf(name) })),
    );
}

const templates = loadTemplates();

/** Read once; each world changes a copy of its own. */
const examplePlan = readExamplePlan();

function readExamplePlan(): Plan {
  const read = parsePlan(readFileSync('examples/web-2.4.0.yaml', 'utf8'), { now: Date.parse(worldStart) });
  if (!read.ok) throw new Error(`the example plan: ${read.problems[0]?.message}`);
  return read.plan;
}

/** The defaults, as the app has them. */
const config = fileConfigSchema.parse({
  releaseCreators: ['rita@example.com'],
  defaultZone: 'Europe/Amsterdam',
  channels: {},
});

/** The id of a person who is known in every world. */
export function personIdOf(person: PersonName): string {
  return `00000000-0000-4000-9000-${people.indexOf(person).toString().padStart(12, '0')}`;
}

/** A person's account on the platform. */
export function identityOf(person: PersonName): Identity {
  return { platform: 'slack', id: idOf(person) };
}

/** A person's id on the platform: `U0RITA`. */
export function idOf(person: PersonName): string {
  return `U0${person.toUpperCase()}`;
}

/** A person's account on the second platform. */
export function secondIdentityOf(person: PersonName): Identity {
  return { platform: 'second', id: `29:${person}@second` };
}

/** Its addresses begin with its name: `second:support`. */
function createSecondPlatform(wall: () => number): MemoryPlatform {
  const { channels } = exampleWorkspace();
  const accounts = people.map((name) => ({
    id: secondIdentityOf(name).id,
    name,
    email: `${name}@example.com`,
  }));
  const memory = createMemoryPlatform({ people: accounts, channels }, wall);
  const prefix = 'second:';
  memory.readAddress = (address) => (address.startsWith(prefix) ? `#${address.slice(prefix.length)}` : null);
  return memory;
}

/** A healthy reading of the given value, as fresh as can be. */
export function reading(value: number, requests = 1000): (wall: number) => MetricReading {
  return (at) => ({ kind: 'value', value, requests, at, source: 'demo' });
}

function exampleWorkspace() {
  return {
    people: people.map((name) => ({ id: idOf(name), name, email: `${name}@example.com` })),
    channels: TEAM_AUDIENCES.map((audience) => {
      const name = DEFAULT_CHANNELS[audience].slice(1);
      return { id: `C-${name}`, name, isMember: true };
    }),
  };
}

function countingIds(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `00000000-0000-4000-8000-${count.toString(16).padStart(12, '0')}`;
  };
}
