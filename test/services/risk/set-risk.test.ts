import { afterEach, beforeEach, expect, it } from 'vitest';
import { runAction } from '../../../src/bot/interactions/run-action.ts';
import { runCommand } from '../../../src/bot/interactions/run-command.ts';
import { runForm } from '../../../src/bot/interactions/run-form.ts';
import { planDigest } from '../../../src/core/plan/plan-digest.ts';
import { openWorld, type PersonName, type World } from '../../support/test-services.ts';
import { approvedRelease, auditOf, releaseOf } from '../steps.ts';

let world: World;
let releaseId: string;
beforeEach(async () => {
  world = await openWorld();
  releaseId = await approvedRelease(world);
});
afterEach(() => world.close());

const releaseKey = 'web-2.4.0';
const show = async (person: PersonName, words = releaseKey) =>
  JSON.stringify(await runCommand({ ctx: world.as(person), name: 'release', words: `risk ${words}` }));

async function set(values: Record<string, string>) {
  const basedOn = planDigest((await releaseOf(world, releaseId)).plan);
  return runForm({ ctx: world.as('rita'), name: 'set-risk', values, metadata: { releaseKey, basedOn } });
}

it('offers the form to those who may use it only', async () => {
  expect(await show('rita')).toContain('set-risk');
  expect(await show('quinn')).not.toContain('set-risk');
  expect(await show('rita', `set ${releaseKey}`)).toContain('"kind":"form"');
  const pressed = await runAction({ ctx: world.as('quinn'), name: 'set-risk', value: { releaseKey } });
  expect(JSON.stringify(pressed)).toContain("You can't change the plan of");
});

it('sets factors, leaves the others to the plan, and keeps the go', async () => {
  const outcome = await set({ databaseMigrations: 'irreversible', codeComplexity: 'derived' });
  expect(outcome).toMatchObject({ kind: 'answer', title: 'Changed' });
  const release = await releaseOf(world, releaseId);
  expect(release.plan.risk).toEqual({ databaseMigrations: 'irreversible' });
  expect(release.state).toBe('approved');
  const changes = [expect.objectContaining({ part: 'risk', to: '{"databaseMigrations":"irreversible"}' })];
  expect((await auditOf(world, releaseId)).at(-1)).toMatchObject({
    action: 'release.edited',
    actor: 'slack:U0RITA',
    details: { changes },
  });
  expect(await show('quinn')).toContain("irreversible (can't be undone), 2 of 2");
});

it('takes factors back to what follows from the plan', async () => {
  await set({ databaseMigrations: 'irreversible' });
  await set({ databaseMigrations: 'derived' });
  expect((await releaseOf(world, releaseId)).plan.risk).toBeUndefined();
});

it('says what is wrong with a value that is none, and changes nothing', async () => {
  expect(await set({ databaseMigrations: 'many' })).toEqual({
    kind: 'errors',
    errors: { codeComplexity: 'Choose a value for each factor.' },
  });
  expect((await releaseOf(world, releaseId)).plan.risk).toBeUndefined();
});
