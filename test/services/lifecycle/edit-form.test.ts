import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { editReleaseForm } from '../../../src/bot/interactions/forms/edit-release.ts';
import { runForm } from '../../../src/bot/interactions/run-form.ts';
import type { Form, FormValues } from '../../../src/core/card/form.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { reassignRole } from '../../../src/services/release/reassign-role.ts';
import { openWorld, type World } from '../../support/test-services.ts';
import { unfrozen } from '../changes/late-change.ts';
import { accepted, approvedRelease, auditOf, planRelease, releaseOf } from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  world.plan = unfrozen(world.plan);
});
afterEach(() => world.close());

/** What the fields of a form hold when nobody touches them, as a platform shows them. */
function untouched({ body }: Form): FormValues {
  const fields = body.flatMap((element) =>
    element.type === 'input' && element.kind === 'text' ? [element] : [],
  );
  return Object.fromEntries(
    fields.map(({ name, initial = '', maxLength }) => [name, initial.slice(0, maxLength).trim() || null]),
  );
}

const save = (form: Form, changes: FormValues = {}) =>
  runForm({
    ctx: world.as('rita'),
    name: form.name,
    values: { ...untouched(form), ...changes },
    metadata: form.metadata,
  });

describe('the form that changes a release', () => {
  const features = ['Two-step checkout:\n- address\n- payment\n', 'Search  as you type'];
  const changes = (summary: string): Partial<Plan> => ({
    summary,
    scope: { ...world.plan.scope, features },
  });

  it.each([
    ['several lines', 'Faster.\n\nAnd\u200b simpler. \n'],
    ['2,000 characters', 'Faster. '.repeat(250)],
    ['4,000 characters', 'Faster. '.repeat(500)],
  ])(
    'saved as it was opened leaves the plan and the go as they are, with a summary of %s',
    async (_, summary) => {
      const releaseId = await approvedRelease(world, changes(summary));
      const before = await releaseOf(world, releaseId);
      const outcome = await save(editReleaseForm(before, world.clock.now()));
      expect(outcome).toMatchObject({ errors: { version: 'web-2.4.0 already has exactly this plan.' } });
      expect(await releaseOf(world, releaseId)).toEqual(before);
      expect(before.state).toBe('approved');
    },
  );

  it('changes what was changed in it, and nothing else', async () => {
    const summary = 'Faster. '.repeat(250);
    const releaseId = await approvedRelease(world, changes(summary));
    const { plan, ...release } = await releaseOf(world, releaseId);
    const form = editReleaseForm({ plan, ...release }, world.clock.now());
    const typed = { features: `New: dark mode\n${untouched(form).features}` };
    expect(await save(form, typed)).toMatchObject({ kind: 'answer', title: 'Changed' });
    const scope = { ...plan.scope, features: ['New: dark mode', ...features] };
    expect((await releaseOf(world, releaseId)).plan).toEqual({ ...plan, scope });
  });

  it('is refused when the plan has been changed meanwhile, and undoes nothing of that', async () => {
    const releaseId = await planRelease(world);
    const form = editReleaseForm(await releaseOf(world, releaseId), world.clock.now());
    const input = { releaseKey: null, role: 'qa_lead' as const, person: { email: 'nina@example.com' } };
    accepted(await reassignRole({ ctx: world.as('bo'), input }));
    const changed = await releaseOf(world, releaseId);
    const outcome = await save(form, { summary: 'Checkout takes one step.' });
    expect(outcome).toMatchObject({ kind: 'answer', title: 'Not done' });
    expect(JSON.stringify(outcome)).toContain(
      'The plan of web-2.4.0 has been changed since you opened the form, so nothing was saved.',
    );
    expect(await releaseOf(world, releaseId)).toEqual(changed);
    expect((await auditOf(world, releaseId)).at(-1)).toMatchObject({
      action: 'request.refused',
      details: { verb: 'release.edit', code: 'conflict' },
    });
    const again = await save(editReleaseForm(changed, world.clock.now()), {
      summary: 'Checkout takes one step.',
    });
    expect(again).toMatchObject({ kind: 'answer', title: 'Changed' });
  });
});
