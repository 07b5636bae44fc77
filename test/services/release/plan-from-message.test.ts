import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { runForm } from '../../../src/bot/interactions/run-form.ts';
import { runShortcut, type ShortcutMessage } from '../../../src/bot/interactions/run-shortcut.ts';
import { lineText } from '../../../src/core/card/line.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { openWorld, type PersonName, type World } from '../../support/test-services.ts';
import { writtenMessage } from '../evidence/written-message.ts';
import { planRelease, releaseOf } from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const yaml = (changes: Partial<Plan> = {}) => stringify({ ...world.plan, ...changes });

function choose(
  message: Partial<ShortcutMessage>,
  { as = 'rita', file }: { as?: PersonName; file?: string } = {},
) {
  return runShortcut({
    ctx: world.as(as),
    name: 'plan-release',
    message: { ...writtenMessage(), ...message },
    readFile: async ({ name }) => (file === undefined ? { problem: `${name} is nowhere.` } : { text: file }),
  });
}
const said = async (answer: ReturnType<typeof choose>) => {
  const given = await answer;
  if (given.kind !== 'card') throw new Error(`no card: ${JSON.stringify(given)}`);
  return { summary: lineText(given.card.summary), all: JSON.stringify(given.card) };
};
async function confirm(answer: ReturnType<typeof choose>, as: PersonName = 'rita') {
  const given = await answer;
  if (given.kind !== 'form') throw new Error(`no form: ${JSON.stringify(given)}`);
  const { name, metadata } = given.form;
  return runForm({ ctx: world.as(as), name, values: { differingNames: 'refuse' }, metadata });
}
const planned = () => world.query<{ key: string }>('select key from releases');

describe('"Plan this release" on a message', () => {
  it('plans the release of its file, once somebody has confirmed it', async () => {
    const files = [{ name: 'web.yaml', url: 'https://files.example/1' }];
    const answer = choose({ text: 'Here it is.', files }, { file: yaml() });
    expect(await answer).toMatchObject({ kind: 'form', form: { submit: 'Create release' } });
    expect(await planned()).toEqual([]);
    expect(await confirm(answer)).toMatchObject({ title: 'Planned' });
    expect(await planned()).toEqual([{ key: 'web-2.4.0' }]);
  });

  it('plans it from a block of code, or from the whole text', async () => {
    const typed = `Please plan this:\n\`\`\`yaml\n${yaml()}\`\`\`\nThanks!`;
    expect(await confirm(choose({ typed }))).toMatchObject({ title: 'Planned' });
    expect(await confirm(choose({ typed: yaml({ release: 'web-2.4.1', version: '2.4.1' }) }))).toMatchObject({
      title: 'Planned',
    });
  });

  it('says everything that is wrong in it at once, with line and path', async () => {
    const broken = yaml()
      .replace(/time: "?10:00"?/, 'time: "25:00"')
      .replace(/^version:.*$/m, 'versoin: 2.4.0');
    const { summary, all } = await said(choose({ typed: broken }));
    expect(summary).toBe('The message has 2 problems. Nothing was planned.');
    expect(all).toMatch(/Line \d+: goLive\.time is \\"25:00\\"/);
    expect(all).toMatch(/Line \d+: versoin is not a field of a plan/);
    expect(all).toContain('Did you mean version?');
  });

  it('changes the plan of a release that is there, by those who may', async () => {
    const releaseId = await planRelease(world);
    const typed = yaml({ summary: 'Checkout takes one step.' });
    const answer = choose({ typed }, { as: 'bo' });
    expect(await answer).toMatchObject({ kind: 'form', form: { submit: 'Change release' } });
    expect(await confirm(answer, 'bo')).toMatchObject({ title: 'Changed' });
    expect((await releaseOf(world, releaseId)).plan.summary).toBe('Checkout takes one step.');
    expect((await said(choose({ typed }, { as: 'nina' }))).summary).toMatch(/^You can't/);
  });

  it('is theirs alone who chose it', async () => {
    const answer = choose({ typed: yaml() });
    expect(await confirm(answer, 'emil')).toMatchObject({ kind: 'answer', notDone: true });
    expect(await planned()).toEqual([]);
  });

  it("says why where a file is no plan, is one of several, or can't be read", async () => {
    const file = (name: string) => ({ name, url: null });
    expect((await said(choose({ files: [file('notes.pdf')] }))).summary).toContain(
      'ends in .yaml, .yml or .json',
    );
    expect((await said(choose({ files: [file('a.yaml'), file('b.yml')] }))).summary).toContain(
      'a.yaml and b.yml',
    );
    expect((await said(choose({ files: [file('a.yaml')] }))).summary).toBe('a.yaml is nowhere.');
    const long = '#'.repeat(300_000);
    expect((await said(choose({ files: [file('a.yaml')] }, { file: long }))).summary).toContain(
      'at most 256 kB',
    );
  });
});
