import { setTimeout as pause } from 'node:timers/promises';
import { eq, isNull, sql } from 'drizzle-orm';
import { loadExamplePlan } from '../../sandbox/example-release.ts';
import { type RunningApp, startApp } from '../../src/app.ts';
import { type Config, fileConfigSchema, type SlackConfig, settingsOf } from '../../src/config/config.ts';
import type { TeamsConfig } from '../../src/config/teams-config.ts';
import { newPrivateKey } from '../../src/core/audit/audit-keys.ts';
import { ROLE_NAMES } from '../../src/core/plan/roles.ts';
import { auditEvents } from '../../src/db/schema/audit.ts';
import { votes } from '../../src/db/schema/go-no-go.ts';
import { cards } from '../../src/db/schema/outbox.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createLog } from '../../src/lib/create-log.ts';
import { askGoNoGo } from '../../src/services/go-no-go/open-poll.ts';
import { asSystem, type Ctx } from '../../src/services/kernel/context.ts';
import { createRelease } from '../../src/services/release/create-release.ts';
import { serveParent } from '../parent-link.ts';

export interface BotOptions {
  databaseUrl: string;
  redisUrl?: string;
  /** One of the two. */
  slack?: SlackConfig;
  teams?: TeamsConfig;
}

/** A person, by their Slack account and their address, and the poll in which they vote. */
export interface Ballot {
  userId: string;
  email: string;
  pollId: string;
}

export interface PollCard {
  pollId: string;
  channelId: string;
  messageId: string;
}

let app: RunningApp | undefined;

const handlers = {
  /** Starts the whole bot; returns where it takes Slack's requests, or else the address of its HTTP server. */
  start: async (options: BotOptions): Promise<string> => {
    const pace = { postIntervalMs: 0, editIntervalMs: 0 };
    // Releases can be promoted by it; none is, so that nobody need answer at its address.
    const demo = { type: 'demo', adminUrl: 'http://127.0.0.1:9', token: 'bench' };
    const { slack, teams } = options;
    const file = fileConfigSchema.parse({
      http: { port: 0 },
      slack: { pace },
      // In the open polls that are voted in, cards are edited as often as Teams takes it.
      teams: { pace: { postIntervalMs: 0 } },
      drivers: { demo },
    });
    const config: Config = {
      ...settingsOf(file),
      databaseUrl: options.databaseUrl,
      ...(options.redisUrl === undefined ? {} : { redisUrl: options.redisUrl }),
      dataDir: '/nonexistent',
      auditKey: newPrivateKey(),
      logLevel: 'warn',
      ...(slack ? { slack: { ...file.slack, ...slack } } : {}),
      ...(teams ? { teams: { ...file.teams, ...teams } } : {}),
    };
    // The database is a given one.
    const onStorageLost = () => undefined;
    app = await startApp({ config, clock: systemClock, log: createLog('warn'), onStorageLost });
    return slack ? `${app.httpUrl}/slack/events` : app.httpUrl;
  },
  /**
   * Plans releases `bench-1` and on, and waits until they are announced. Each has one communication of its
   * own, `bench-due`, for one of the channels in turn.
   */
  plan: async ({ releases, channels }: { releases: number; channels: string[] }): Promise<void> => {
    let last = 0;
    const planNext = async () => {
      while (last < releases) {
        last += 1;
        await planRelease(last, channels);
      }
    };
    await Promise.all(Array.from({ length: 4 }, planNext));
    await deliveriesSent();
  },
  /** Plans releases one after the other; returns the milliseconds that each took. */
  planTimed: async ({ releases, channels }: { releases: number; channels: string[] }): Promise<number[]> => {
    const durations: number[] = [];
    for (let number = 1; number <= releases; number += 1) {
      const began = performance.now();
      await planRelease(number, channels);
      durations.push(performance.now() - began);
    }
    return durations;
  },
  /**
   * Plans so many releases, each with people of its own in all roles (accounts `U0P1` and on), and opens a
   * go/no-go of each in which they all vote. Returns a ballot for each person.
   */
  openPolls: async ({ releases }: { releases: number }): Promise<Ballot[]> => {
    const ballots: Ballot[] = [];
    for (let number = 1; number <= releases; number += 1) ballots.push(...(await openPoll(number)));
    await deliveriesSent();
    return ballots;
  },
  /**
   * Opens one more go/no-go, whose roles are held by all people of the others together: a ballot for each of them.
   * The card in its channel is edited as people vote.
   */
  openSharedPoll: async ({ ballots }: { ballots: readonly Ballot[] }): Promise<Ballot[]> => {
    const [own] = await openPoll(ballots.length / ROLE_NAMES.length + 1);
    if (!own) throw new Error('the poll has nobody to vote');
    const { pool } = running().services.db;
    await pool.query(
      `insert into release_people (release_id, role, position, person_id, name, email)
        select poll.release_id, one.role, 'holder', one.person_id, one.name, one.email
        from polls poll, release_people one
        where poll.id = $1 and one.position = 'holder' and one.release_id <> poll.release_id
        on conflict do nothing`,
      [own.pollId],
    );
    await deliveriesSent();
    return ballots.map((ballot) => ({ ...ballot, pollId: own.pollId }));
  },
  /** The card of every poll in its release's channel. */
  pollCards: async (): Promise<PollCard[]> => {
    const found = await running().services.db.select().from(cards).where(eq(cards.kind, 'poll'));
    return found.map(({ subjectId: pollId, channelId, messageId }) => {
      if (channelId === null || messageId === null) throw new Error(`the card of ${pollId} was not posted`);
      return { pollId, channelId, messageId };
    });
  },
  /** How many votes stand, and how many were taken, which is waited for half a minute. */
  countVotes: async ({ atLeast }: { atLeast: number }): Promise<{ standing: number; taken: number }> => {
    const { db } = running().services;
    const isVote = sql`${auditEvents.body}::json ->> 'action' = 'vote.cast'`;
    const deadline = Date.now() + 30_000;
    for (;;) {
      const taken = await db.$count(auditEvents, isVote);
      if (taken >= atLeast || Date.now() > deadline)
        return { standing: await db.$count(votes, isNull(votes.endedAt)), taken };
      await pause(100);
    }
  },
  /** Makes every `bench-due` due at an instant (epoch ms), again if need be, and returns when all are posted. */
  due: async ({ at }: { at: number }): Promise<void> => {
    const { pool } = running().services.db;
    await pool.query(
      `update communications set state = 'planned', note = null, settled_at = null, due_at = $1 where key = 'bench-due'`,
      [new Date(at)],
    );
    await pool.query(
      `update timers set state = 'pending', due_at = $1, revision = revision + 1, enqueued_revision = null
        where subject_id in (select id::text from communications where key = 'bench-due')`,
      [new Date(at)],
    );
    await pause(at - Date.now());
    await until(
      `select not exists (select from communications where key = 'bench-due' and state = 'planned') as yes`,
    );
    await deliveriesSent();
  },
  stop: async (): Promise<void> => app?.stop(),
};
export type BotProcess = typeof handlers;
serveParent(handlers);

function running(): RunningApp {
  if (!app) throw new Error('the bot is not started');
  return app;
}

async function openPoll(number: number): Promise<Ballot[]> {
  const { services } = running();
  const { plan } = await loadExamplePlan(Date.now());
  const firstPerson = (number - 1) * ROLE_NAMES.length + 1;
  const people = ROLE_NAMES.map((role, index) => ({ role, name: `p${firstPerson + index}` }));
  const roles = { ...plan.roles };
  for (const { role, name } of people) roles[role] = { name, email: `${name}@example.com` };
  const release = `bench-poll-${number}`;
  const goNoGo = { ...plan.goNoGo, roles: [...ROLE_NAMES] };
  const planned = await createRelease({
    ctx: { ...services, actor: { kind: 'operator', name: 'bench' } },
    input: { plan: { ...plan, release, roles, goNoGo } },
  });
  if (!planned.ok) throw new Error(`${release}: ${planned.refusal.message} ${planned.refusal.reasons}`);
  const opened = await askGoNoGo({ ctx: asSystem(services, 'bench'), input: { releaseKey: release } });
  if (!opened.ok) throw new Error(`${release}: ${opened.refusal.message}`);
  const { pollId } = opened.value;
  return people.map(({ name }) => ({
    userId: `U0${name.toUpperCase()}`,
    email: `${name}@example.com`,
    pollId,
  }));
}

async function planRelease(number: number, channels: string[]): Promise<void> {
  const { services } = running();
  const ctx: Ctx = { ...services, actor: { kind: 'operator', name: 'bench' } };
  const { plan } = await loadExamplePlan(Date.now());
  const due = {
    key: 'bench-due',
    title: 'Due',
    goLive: '-PT1H',
    audience: 'release' as const,
    channel: channels[number % channels.length] ?? 'release',
    template: 'stakeholder-notification',
  };
  const communications = { ...plan.communications, add: [due] };
  const release = `bench-${number}`;
  const result = await createRelease({ ctx, input: { plan: { ...plan, release, communications } } });
  if (!result.ok) throw new Error(`${release}: ${result.refusal.message} ${result.refusal.reasons}`);
}

function deliveriesSent(): Promise<void> {
  return until(`select not exists (select from deliveries where state in ('pending', 'sending')) as yes`);
}

/** Waits until a query's one row says `yes`; looks ten times a second. */
async function until(query: string): Promise<void> {
  for (;;) {
    const { rows } = await running().services.db.pool.query<{ yes: boolean }>(query);
    if (rows[0]?.yes) return;
    await pause(100);
  }
}
