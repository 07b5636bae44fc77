import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findNotes } from '../../../src/db/queries/notes.ts';
import { createGitHub } from '../../../src/repositories/github.ts';
import type { Ctx } from '../../../src/services/kernel/context.ts';
import { approveNotes } from '../../../src/services/notes/approve-notes.ts';
import { beginNotes, redraftNotes } from '../../../src/services/notes/draft-release-notes.ts';
import { editNotes } from '../../../src/services/notes/edit-notes.ts';
import type { NotesInput } from '../../../src/services/notes/load-notes.ts';
import { preparePublication, publishNotes } from '../../../src/services/notes/publish-notes.ts';
import { decideOnRequest } from '../../../src/services/requests/decide-request.ts';
import { type GitHubDouble, githubToken, startGitHub } from '../../support/github-double.ts';
import { openWorld, type World } from '../../support/test-services.ts';
import { askForChange } from '../changes/late-change.ts';
import { accepted, auditOf, inWords, planRelease } from '../steps.ts';
import { notesOf } from './notes-steps.ts';

let world: World;
let releaseId: string;
beforeEach(async () => {
  world = await openWorld();
  releaseId = await planRelease(world);
});
afterEach(() => world.close());

const notes = () => findNotes(world.services.db, releaseId);
const approve = async (input?: NotesInput) =>
  approveNotes({ ctx: world.as('priya'), input: input ?? (await notesOf(world)) });
const publish = (input: NotesInput) =>
  publishNotes({ ctx: world.as('rita'), input: { ...input, audience: 'support' } });
const edit = (input: NotesInput, body = 'The cart is faster.') =>
  editNotes({ ctx: world.as('rita'), input: { ...input, title: 'News', body } });
const posted = () =>
  world.query<{ destination: string; content: unknown }>(
    `select destination, content from deliveries where subject = 'release-notes'`,
  );

describe('release notes', () => {
  it('are drafted from the plan, edited, approved, and published once', async () => {
    accepted(await edit(await notesOf(world)));
    accepted(await approve());
    const input = await notesOf(world);
    const { audiences } = accepted(await preparePublication({ ctx: world.as('rita'), input }));
    expect(audiences).toContain('support');
    expect(accepted(await publish(input))).toEqual({ releaseKey: 'web-2.4.0', places: 1 });
    const [message, ...others] = await posted();
    expect(JSON.stringify(message?.content)).toContain('The cart is faster.');
    expect(others).toEqual([]);
    expect(inWords(await publish(await notesOf(world)))).toMatchObject({
      refusal: {
        code: 'wrong-state',
        message: expect.stringContaining('have been published by Rita Moreno'),
      },
    });
    expect(await posted()).toHaveLength(1);
    const actions = (await auditOf(world, releaseId)).map(({ action }) => action);
    expect(actions.filter((action) => action.startsWith('notes.'))).toEqual([
      'notes.drafted',
      'notes.edited',
      'notes.approved',
      'notes.published',
    ]);
  });

  it('are not published without an approval, nor in another wording than the approved one', async () => {
    const refused = { refusal: { code: 'conditions-unmet' } };
    expect(await publish(await notesOf(world))).toMatchObject(refused);
    accepted(await approve());
    accepted(await edit(await notesOf(world)));
    expect(await notes()).toMatchObject({ state: 'draft', approvedWording: null });
    expect(await publish(await notesOf(world))).toMatchObject(refused);
    expect(await posted()).toEqual([]);
  });

  it('are approved as they were seen', async () => {
    const seen = await notesOf(world);
    accepted(await edit(seen));
    expect(await approve(seen)).toMatchObject({ refusal: { code: 'conflict' } });
  });

  it('whose scope has changed are neither approved nor published until they are written anew', async () => {
    accepted(await approve());
    const { requestId } = await askForChange(world);
    accepted(
      await decideOnRequest({
        ctx: world.as('rita'),
        input: { requestId, decision: 'approve', reason: null },
      }),
    );
    const outdated = await publish(await notesOf(world));
    expect(inWords(outdated)).toMatchObject({
      refusal: {
        code: 'conditions-unmet',
        message: expect.stringContaining('The scope of web-2.4.0 has changed'),
      },
    });
    accepted(await redraftNotes({ ctx: world.as('rita'), input: await notesOf(world) }));
    expect((await notes())?.body).toContain('The cart keeps its items after a login');
    accepted(await approve());
    accepted(await publish(await notesOf(world)));
  });

  it('with parts that nobody has written are not approved', async () => {
    accepted(await edit(await notesOf(world), 'News\n- [To write: what breaks]'));
    expect(await approve()).toMatchObject({ refusal: { code: 'conditions-unmet' } });
  });
});

describe('where the plan names a repository', () => {
  const repository = { github: 'acme/web', from: 'v1.0.0', to: 'v1.1.0' };
  let github: GitHubDouble;
  let ctx: Ctx;
  beforeEach(async () => {
    github = await startGitHub();
    await world.query(`update releases set plan = plan || $1`, [JSON.stringify({ repository })]);
    const repositories = createGitHub({ apiUrl: github.url, token: githubToken });
    ctx = { ...world.as('rita'), repositories };
  });
  afterEach(() => github.close());

  it('notes name what was merged, literally', async () => {
    const title = 'fix: the **cart** [keeps](https://evil.example) its items';
    github.commits = [{ sha: 'a'.repeat(40), pulls: [{ number: 12, title }] }];
    accepted(await beginNotes({ ctx, input: { releaseKey: 'web-2.4.0' } }));
    expect((await notes())?.body).toContain('- the **cart** [keeps](https://evil.example) its items (#12)');
  });

  it('nothing is drafted while GitHub can’t be asked', async () => {
    github.failures.push({ status: 502 });
    const refused = await beginNotes({ ctx, input: { releaseKey: 'web-2.4.0' } });
    expect(inWords(refused)).toMatchObject({
      refusal: {
        code: 'unavailable',
        message: 'Nothing was drafted. GitHub answered with HTTP 502. Try again later.',
      },
    });
    expect(await notes()).toBeNull();
  });

  it('nothing is asked for somebody who may not write the notes', async () => {
    const nina = { ...world.as('nina'), repositories: ctx.repositories };
    const refused = await beginNotes({ ctx: nina, input: { releaseKey: 'web-2.4.0' } });
    expect(refused).toMatchObject({ refusal: { code: 'not-permitted' } });
    expect(github.requests).toEqual([]);
  });
});
