import { linkHash } from '../../../src/core/audit/audit-chain.ts';
import type { World } from '../../support/test-services.ts';

/** Runs statements as somebody with all rights at the server would, the triggers off. */
export async function tamper(world: World, ...statements: string[]): Promise<void> {
  const script = ['begin', 'set local session_replication_role = replica', ...statements, 'commit'];
  await world.services.db.pool.query(script.join('; '));
}

interface Row {
  chain: string;
  seq: number;
  body: string;
  signature: string | null;
}

/**
 * Has `change` make other events of those of a chain, numbers and hashes them anew, and sets the head to fit: what
 * somebody can do who knows how the trail is made and has not its key.
 */
export async function rewriteChain(
  world: World,
  chain: string,
  change: (rows: Row[]) => (Omit<Row, 'chain' | 'seq'> & Partial<Row>)[],
): Promise<void> {
  const rows = await world.query<Row>(
    'select chain, seq::int, body, signature from audit_events where chain = $1 order by seq',
    [chain],
  );
  let hash = '0'.repeat(64);
  const links = change(rows).map(({ body, signature }, index) => {
    const unhashed = { chain, seq: index + 1, body, signature, prevHash: hash };
    hash = linkHash(unhashed);
    return { ...unhashed, hash };
  });
  await tamper(world, `delete from audit_events where chain = '${chain}'`);
  await world.query(
    `with rewritten as (
       insert into audit_events (chain, seq, body, prev_hash, hash, signature)
       select chain, seq, body, "prevHash", hash, signature from jsonb_to_recordset($1)
         as l(chain text, seq bigint, body text, "prevHash" text, hash text, signature text)
     ) update audit_heads set seq = $3, hash = $4 where chain = $2`,
    [JSON.stringify(links), chain, links.length, hash],
  );
}
