import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { expect } from 'vitest';
import { unnoticedSubjects } from '../../../src/services/delivery/notice.ts';
import { repeatedSubject } from '../../../src/services/delivery/say-again.ts';
import { eventually } from '../../support/eventually.ts';
import type { SandboxProcess } from './sandbox-process.ts';

/** How long what is under way may take to end, milliseconds. */
const quietWithinMs = 60_000;

/** Runs `work` on the sandbox's database. */
export async function withDatabase<Result>(
  sandbox: SandboxProcess,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: await sandbox.databaseUrl() });
  // The database is restarted with a bot that was killed: whatever asks then fails by itself.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Waits until nothing is under way: every delivery is sent, every card fresh, every operation ended. A notice about
 * another message that was lost sight of was passed on, an answer was given again; both stay as they are.
 */
export async function waitUntilQuiet(sandbox: SandboxProcess): Promise<void> {
  await withDatabase(sandbox, async (client) => {
    await eventually(async () => {
      const { rows } = await client.query(
        `select 'delivery' as what, subject, state from deliveries
          where state <> 'sent' and not (state = 'unknown' and (subject = any($1) or release_id is null))
        union all select 'card', kind, 'stale' from cards
          where revision > rendered_revision and message_id is not null
        union all select 'operation', kind, state from operations where finished_at is null`,
        [unnoticedSubjects],
      );
      expect(rows).toEqual([]);
    }, quietWithinMs);
  });
}

/**
 * Every communication of the schedule was settled, and each has one delivery at most. Of a message that a person has
 * seen arrive, its id is not known.
 */
export async function expectEachDeliveryOnce(sandbox: SandboxProcess): Promise<void> {
  await withDatabase(sandbox, async (client) => {
    const { rows: unsettled } = await client.query(`select key from communications where state = 'planned'`);
    expect(unsettled).toEqual([]);
    const { rows: shared } = await client.query(
      `select channel_id, message_id from deliveries where message_id is not null
       group by 1, 2 having count(*) > 1`,
    );
    expect(shared).toEqual([]);
  });
}

/** Answers to single people that ended without its being known whether they had arrived, and were not given again. */
export async function lostAnswers(sandbox: SandboxProcess): Promise<string[]> {
  return withDatabase(sandbox, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `select d.id from deliveries d where d.release_id is null and d.state = 'unknown' and not exists (
         select from deliveries again where again.destination = d.destination and again.seq > d.seq
           and again.subject = $1 and again.state = 'sent')`,
      [repeatedSubject],
    );
    return rows.map(({ id }) => id);
  });
}

/** Messages, but for notices about others, of which nobody knows whether they arrived. */
export async function unsettledDeliveries(sandbox: SandboxProcess): Promise<string[]> {
  return withDatabase(sandbox, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `select id from deliveries where state = 'unknown' and release_id is not null and subject <> all($1)`,
      [unnoticedSubjects],
    );
    return rows.map(({ id }) => id);
  });
}

/** Messages of a release, but for notices about others, that once ended without its being known whether they had arrived. */
export async function unknownDeliveries(sandbox: SandboxProcess): Promise<string[]> {
  return withDatabase(sandbox, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `select distinct d.id from deliveries d join audit_events e on e.body::json ->> 'subject' = d.id::text
       where e.body::json ->> 'action' = 'delivery.unknown' and d.subject <> all($1) and d.release_id is not null`,
      [unnoticedSubjects],
    );
    return rows.map(({ id }) => id);
  });
}

/** Every operation was asked for once, ended once, and reached the target once. */
export async function expectEachOperationOnce(sandbox: SandboxProcess, kinds: string[]): Promise<void> {
  const operations = await withDatabase(sandbox, async (client) => {
    const { rows } = await client.query<{ id: string; kind: string; events: string[] }>(`
      select o.id, o.kind, array_agg(e.body::json ->> 'action' order by e.seq) as events
      from operations o join audit_events e on e.body::json ->> 'subject' = o.id::text
      group by o.id order by o.requested_wall`);
    return rows;
  });
  expect(operations.map(({ kind }) => kind)).toEqual(kinds);
  for (const { kind, events } of operations) {
    const steps = ['requested', 'running', 'verifying', 'succeeded'];
    expect(events).toEqual(steps.map((step) => `operation.${kind}.${step}`));
  }
  expect(operationsOfTarget(sandbox)).toEqual(operations.map(({ id }) => id));
}

/** The operations that the demo's splitter carried out, by what it remembers itself. */
function operationsOfTarget({ dataDir }: SandboxProcess): string[] {
  const demo = JSON.parse(readFileSync(path.join(dataDir, 'sandbox', 'demo.json'), 'utf8')) as {
    operations: { operationId: string }[];
  };
  return demo.operations.map(({ operationId }) => operationId);
}

/** Each poll has one card, one ballot a voter, and every role's last vote; the audit trail has them all. */
export async function expectNoVoteLost(sandbox: SandboxProcess): Promise<void> {
  await withDatabase(sandbox, async (client) => {
    const { rows: polls } = await client.query<{ roles: string[]; go: string[]; recorded: string[] }>(`
      select p.roles,
        (select json_agg(v.role) from votes v where v.poll_id = p.id and v.choice = 'go' and v.ended_at is null) as go,
        (select json_agg(distinct role) from audit_events e,
          jsonb_array_elements_text(e.body::jsonb -> 'details' -> 'roles') role
          where e.body::jsonb ->> 'action' = 'vote.cast' and e.body::jsonb ->> 'subject' = p.id::text) as recorded
      from polls p`);
    expect(polls).toHaveLength(2);
    for (const { roles, go, recorded } of polls) {
      expect([...go].sort()).toEqual([...roles].sort());
      expect([...recorded].sort()).toEqual([...roles].sort());
    }
    const { rows: ballots } = await client.query<{ ballots: number }>(
      `select count(*)::int as ballots from cards where kind = 'ballot' group by subject_id, destination`,
    );
    expect(ballots.every((each) => each.ballots === 1)).toBe(true);
  });
}

/** `tminus audit verify`, as an operator runs it beside the running bot. */
export async function expectAuditIntact(sandbox: SandboxProcess): Promise<void> {
  const env = { ...process.env, DATABASE_URL: await sandbox.databaseUrl(), TMINUS_DATA_DIR: sandbox.dataDir };
  const command = [path.resolve('bin/tminus.mjs'), 'audit', 'verify'];
  const { stdout } = await promisify(execFile)(process.execPath, command, { env });
  expect(stdout).toMatch(/^\d+ events in \d chains: intact$/m);
}
