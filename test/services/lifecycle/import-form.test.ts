import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { runCommand } from '../../../src/bot/interactions/run-command.ts';
import { runForm } from '../../../src/bot/interactions/run-form.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { openWorld, type PersonName, type World } from '../../support/test-services.ts';
import { planRelease, releaseOf } from '../steps.ts';

let world: World;
let releaseId: string;
beforeEach(async () => {
  world = await openWorld();
  releaseId = await planRelease(world);
});
afterEach(() => world.close());

/** Somebody who has no right to plan releases opens the form for a release, and pastes a plan. */
async function openFor(person: PersonName) {
  const answer = await runCommand({ ctx: world.as(person), name: 'release', words: 'import web-2.4.0' });
  if (answer.kind !== 'form') throw new Error(`no form: ${JSON.stringify(answer)}`);
  const { name, metadata, body } = answer.form;
  const paste = (plan: string) =>
    runForm({
      ctx: world.as(person),
      name,
      values: { plan },
      metadata: JSON.parse(JSON.stringify(metadata)),
    });
  return { body: JSON.stringify(body), paste };
}

const yaml = (changes: Partial<Plan>) => stringify({ ...world.plan, ...changes });

describe('/release import with a key', () => {
  it('takes the new plan of that release from those who may change it', async () => {
    const { body, paste } = await openFor('bo');
    expect(body).toContain('Paste the whole plan of web-2.4.0');
    expect(body).not.toContain('"existing"');
    expect(await paste(yaml({ summary: 'Checkout takes one step.' }))).toMatchObject({ title: 'Changed' });
    expect((await releaseOf(world, releaseId)).plan.summary).toBe('Checkout takes one step.');
  });

  it('takes no plan of another release', async () => {
    const { paste } = await openFor('bo');
    const outcome = await paste(yaml({ release: 'app-1.0' }));
    expect(outcome).toMatchObject({ kind: 'errors' });
    expect(JSON.stringify(outcome)).toContain('This is the plan of app-1.0. Paste the plan of web-2.4.0, or');
  });

  it('says what was odd about the text', async () => {
    const { paste } = await openFor('bo');
    const text = yaml({}).replace(/summary: .*/, 'summary: Checkout takes one step #88');
    expect(JSON.stringify(await paste(text))).toContain('on it is a comment.');
  });
});
