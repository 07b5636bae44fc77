import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../../src/bot/interactions/run-command.ts';
import { runForm } from '../../../src/bot/interactions/run-form.ts';
import type { Form } from '../../../src/core/card/form.ts';
import { idOf, openWorld, type World } from '../../support/test-services.ts';
import { planRelease } from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const type = (words: string, person: 'rita' | 'nina' = 'rita') =>
  runCommand({ ctx: world.as(person), name: 'release', words: `new ${words}` });
async function formOf(words: string): Promise<Form> {
  const answer = await type(words);
  if (answer.kind !== 'form') throw new Error(JSON.stringify(answer));
  return answer.form;
}
const initials = ({ body }: Form) =>
  Object.fromEntries(
    body.flatMap((element) => (element.type === 'input' ? [[element.name, element.initial ?? null]] : [])),
  );
const releases = () => world.query<{ key: string }>('select key from releases order by key');
const person = (name: string) => ({ name, email: `${name.toLowerCase()}@example.com` });

function configureWeb() {
  const { release_manager: _manager, business_sponsor: _sponsor, ...roles } = world.plan.roles;
  world.services.products = [
    {
      name: 'Web shop',
      key: 'web',
      zone: 'Europe/Amsterdam',
      time: '11:00',
      roles,
      rotation: { from: '2030-06-17', people: [{ ...world.plan.roles.release_manager }, person('Nina')] },
      channels: {},
      types: {},
    },
  ];
}

describe('a release on one line', () => {
  it('is filled in from the product file, shown, and planned only when that is submitted', async () => {
    configureWeb();
    const form = await formOf('web 2.5.0 on 18 June "Two-step checkout."');
    expect(form.metadata).toMatchObject({ step: 'channels' });
    expect(JSON.stringify(form.body)).toContain('Web shop 2.5.0');
    expect(JSON.stringify(form.body)).toContain('Tue 18 Jun 2030, 11:00 (Europe/Amsterdam)');
    expect(await releases()).toEqual([]);
    const outcome = await runForm({
      ctx: world.as('rita'),
      name: form.name,
      values: initials(form),
      metadata: form.metadata,
    });
    expect(outcome).toMatchObject({ kind: 'answer', title: 'Planned' });
    const [row] = await world.query<{ plan: unknown }>('select plan from releases');
    expect(row?.plan).toMatchObject({
      release: 'web-shop-2.5.0',
      summary: 'Two-step checkout.',
      goLive: { date: '2030-06-18', time: '11:00' },
      roles: { release_manager: { email: 'rita@example.com' }, qa_lead: { email: 'quinn@example.com' } },
    });
  });

  it('shows the first step that lacks something, with everything else filled in', async () => {
    configureWeb();
    const form = await formOf('web 2.5.0 on 25 June at 9:00');
    expect(form.metadata).toMatchObject({ step: 'what' });
    expect(initials(form)).toMatchObject({ product: 'Web shop', version: '2.5.0', summary: null });
    const next = await runForm({
      ctx: world.as('rita'),
      name: form.name,
      values: { ...initials(form), summary: 'Two-step checkout.' },
      metadata: form.metadata,
    });
    if (next.kind !== 'next') throw new Error(JSON.stringify(next));
    expect(initials(next.form)).toMatchObject({
      date: '2030-06-25',
      time: '09:00',
      zone: 'Europe/Amsterdam',
    });
  });

  it('proposes the release manager whose week it is', async () => {
    configureWeb();
    const form = await formOf('web 2.5.0 on 25 June "Two-step checkout."');
    const back = { ctx: world.as('rita'), name: form.name, values: initials(form), back: true };
    const outcome = await runForm({ ...back, metadata: form.metadata });
    if (outcome.kind !== 'next') throw new Error(JSON.stringify(outcome));
    expect(initials(outcome.form)).toMatchObject({ 'roles.release_manager': idOf('nina') });
  });

  it('is filled in from the last release where there is no product file', async () => {
    await planRelease(world);
    const form = await formOf('Web shop 2.5.0 on 16 July "Two-step checkout."');
    expect(form.metadata).toMatchObject({ step: 'channels' });
    expect(JSON.stringify(form.body)).toContain('Tue 16 Jul 2030, 10:00');
  });

  it('in a freeze shows the step with the date, and says why', async () => {
    configureWeb();
    const times = { kind: 'days', days: ['2030-06-18'] } as const;
    const everything = { products: null, production: null, except: [] };
    world.services.freezes = [{ id: null, name: 'Audit', zone: 'Europe/Amsterdam', times, ...everything }];
    const form = await formOf('web 2.5.0 on 18 June "Two-step checkout."');
    expect(form.metadata).toMatchObject({ step: 'when' });
    expect(JSON.stringify(form.body)).toContain('is in the freeze \\"Audit\\"');
  });

  it('that is wrong names the word and the next step; who may not plan is told that first', async () => {
    const answer = JSON.stringify(await type('web 2.5.0 on 18 Jnue'));
    expect(answer).toContain('\\"Jnue\\" is not a month. Did you mean june?');
    expect(answer).toContain('"command":"release","args":"new"');
    expect(JSON.stringify(await type('web 2.5.0 on 18 June', 'nina'))).toContain("You can't plan releases.");
  });
});
