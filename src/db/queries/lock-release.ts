import type { ReleaseState } from '../../core/release/release-state.ts';
import type { Batch } from '../batch.ts';
import type { Queryable } from '../open-database.ts';
import type { Transaction } from '../transaction.ts';
import type { Release } from './load-release.ts';
import { definitionsOf } from './release-definitions.ts';

/** Finds a release by its key, its id or the id of one of its polls, and locks it until the transaction ends. */
export async function lockRelease(
  tx: Transaction,
  by: { key: string } | { id: string } | { pollId: string },
): Promise<Release | null> {
  const release = await lock(tx, by);
  tx.claim(release?.id ?? null);
  return release;
}

/** Releases by id, locked until the transaction ends. */
export async function lockReleases(db: Queryable, ids: readonly string[]): Promise<Map<string, Release>> {
  const releases = await lockById(db, ids, { wait: true });
  return new Map(releases.flatMap((release) => (release ? [[release.id, release]] : [])));
}

function lock(tx: Transaction, by: Parameters<typeof lockRelease>[1]): Promise<Release | null> {
  if ('key' in by) return tx.gather(lockByKey, by.key);
  return 'id' in by ? tx.gather(lockById, by.id) : tx.gather(lockByPoll, by.pollId);
}

interface Row {
  /** What was asked for. */
  asked: string;
  id: string;
  key: string;
  state: ReleaseState;
  go_live_at: Date;
  definition: string;
}

const lockByKey = lockBy('key', { asked: 'r.key', where: 'r.key = any($1::text[])' });
const lockById = lockBy('id', { asked: 'r.id', where: 'r.id = any($1::uuid[])' });
const lockByPoll = lockBy('poll', {
  asked: 'p.id',
  join: 'join polls p on p.release_id = r.id',
  where: 'p.id = any($1::uuid[])',
});

/** Always in the same order, so that two who lock several can't deadlock. */
function lockBy(
  name: string,
  { asked, join = '', where }: { asked: string; join?: string; where: string },
): Batch<string, Release | null> {
  const text = `select ${asked}::text as asked, r.id, r.key, r.state, r.go_live_at, r.definition
    from releases r ${join} where ${where} order by r.id for update of r`;
  return async (db, inputs, { wait }) => {
    const { rows } = await db.query<Row>({
      name: `lock-release-by-${name}${wait ? '' : '-if-free'}`,
      text: wait ? text : `${text} skip locked`,
      values: [inputs],
    });
    const definitions = await definitionsOf(db, rows);
    const found = new Map(rows.map((row) => [row.asked, toRelease(row, definitions)]));
    return inputs.map((input) => found.get(input) ?? null);
  };
}

function toRelease(row: Row, definitions: Awaited<ReturnType<typeof definitionsOf>>): Release {
  const definition = definitions.get(row.definition);
  if (!definition) throw new Error(`release ${row.id} changed under its lock`);
  return { id: row.id, key: row.key, state: row.state, goLiveAt: row.go_live_at.getTime(), ...definition };
}
