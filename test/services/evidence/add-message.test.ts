import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findEvidence } from '../../../src/db/queries/evidence.ts';
import { pruneNotedMessages } from '../../../src/jobs/maintenance/prune-noted-messages.ts';
import { addMessage } from '../../../src/services/evidence/add-message.ts';
import { chooseRelease } from '../../../src/services/evidence/choose-release.ts';
import { openWorld, type World } from '../../support/test-services.ts';
import { accepted, auditOf, inWords, planRelease } from '../steps.ts';
import { writtenMessage } from './written-message.ts';

let world: World;
let releaseId: string;
beforeEach(async () => {
  world = await openWorld();
  releaseId = await planRelease(world);
});
afterEach(() => world.close());

const recordOf = (id = releaseId) => findEvidence(world.services.db, id);
const planAnother = () => planRelease(world, { release: 'app-1.0', product: 'App', version: '1.0' });

/** The note of a message of which it is not clear which release it is about. */
async function noted(): Promise<string> {
  const added = accepted(await addMessage({ ctx: world.as('quinn'), input: writtenMessage() }));
  if (added.kind !== 'choose') throw new Error('it was added at once');
  return added.noteId;
}

describe('a message', () => {
  it('is added to the record of the one release, with who wrote it and who added it', async () => {
    const added = accepted(await addMessage({ ctx: world.as('dana'), input: writtenMessage() }));
    expect(added).toEqual({ kind: 'added', releaseKey: 'web-2.4.0', author: 'Quinn Abara' });
    const { source, text, link } = writtenMessage();
    expect(await recordOf()).toMatchObject([
      { source, text, link, author: 'Quinn Abara', addedByName: 'Dana Fischer' },
    ]);
    expect((await auditOf(world, releaseId)).at(-1)).toMatchObject({
      action: 'evidence.added',
      actor: 'slack:U0DANA',
      details: { source, text, link, author: 'Quinn Abara', writtenAt: '2030-06-17T07:00:00.000Z' },
    });
  });

  it('is in a record once', async () => {
    accepted(await addMessage({ ctx: world.as('dana'), input: writtenMessage() }));
    const again = await addMessage({ ctx: world.as('rita'), input: writtenMessage({ text: 'Edited.' }) });
    expect(inWords(again)).toMatchObject({
      refusal: {
        code: 'already-exists',
        message: expect.stringContaining('already in the record of web-2.4.0'),
      },
    });
    expect(await recordOf()).toHaveLength(1);
  });

  it('waits for a choice when it may be about several releases, and is used up by it', async () => {
    const other = await planAnother();
    const noteId = await noted();
    expect(await recordOf()).toEqual([]);
    const chosen = await chooseRelease({ ctx: world.as('quinn'), input: { noteId, releaseKey: 'app-1.0' } });
    expect(accepted(chosen)).toEqual({ releaseKey: 'app-1.0', author: 'Quinn Abara' });
    expect(await recordOf(other)).toHaveLength(1);
    const again = await chooseRelease({
      ctx: world.as('quinn'),
      input: { noteId, releaseKey: 'web-2.4.0' },
    });
    expect(again).toMatchObject({ refusal: { code: 'not-found' } });
    expect(await recordOf()).toEqual([]);
  });

  it('that somebody else has noted is theirs alone', async () => {
    await planAnother();
    const noteId = await noted();
    const taken = await chooseRelease({ ctx: world.as('rita'), input: { noteId, releaseKey: 'web-2.4.0' } });
    expect(taken).toMatchObject({ refusal: { code: 'not-found' } });
    accepted(await chooseRelease({ ctx: world.as('quinn'), input: { noteId, releaseKey: 'web-2.4.0' } }));
  });

  it('of which nobody has said what it is about is forgotten after a day', async () => {
    await planAnother();
    const noteId = await noted();
    world.wall.now += 86_400_001;
    await pruneNotedMessages(world.jobs);
    const late = await chooseRelease({ ctx: world.as('quinn'), input: { noteId, releaseKey: 'web-2.4.0' } });
    expect(late).toMatchObject({ refusal: { code: 'not-found' } });
  });

  it('can be added until a month after the release has ended', async () => {
    await world.query(`update releases set state = 'completed', ended_at = $1`, [
      new Date(world.clock.now() - 29 * 86_400_000),
    ]);
    accepted(await addMessage({ ctx: world.as('dana'), input: writtenMessage() }));
    world.clock.moveTo(world.clock.now() + 2 * 86_400_000);
    const late = await addMessage({ ctx: world.as('dana'), input: writtenMessage({ source: 'another' }) });
    expect(late).toMatchObject({ refusal: { code: 'not-found' } });
  });
});

it('lets nobody change or remove what is in the record', async () => {
  accepted(await addMessage({ ctx: world.as('dana'), input: writtenMessage() }));
  await expect(world.query(`update evidence set text = ''`)).rejects.toThrow('append-only');
  await expect(world.query('delete from evidence')).rejects.toThrow('append-only');
  await expect(world.query('truncate evidence')).rejects.toThrow('append-only');
});
