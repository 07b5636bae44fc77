import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadProductTemplates, loadTemplates, TemplateError } from '../../src/config/load-templates.ts';
import { validatePlan } from '../../src/core/plan-file/validate-plan.ts';
import { examplePlan } from '../core/plan/example-plan.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tminus-templates-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('loadTemplates', () => {
  it('lets a folder override a built-in template and add others, and reads only Markdown', async () => {
    await writeFile(join(folder, 'deployment-kickoff.md'), '# Off we go');
    await writeFile(join(folder, 'survey.md'), '# Survey');
    await writeFile(join(folder, 'notes.txt'), '{{nothing}}');
    const builtIn = loadTemplates();
    const templates = loadTemplates(folder);
    expect([...templates.keys()].sort()).toEqual([...builtIn.keys(), 'survey'].sort());
    expect(templates.get('deployment-kickoff')?.title).toEqual([
      { type: 'text', text: 'Off we go', style: {} },
    ]);
  });

  it("puts a product's own before the organisation's, and those before the built-in ones", async () => {
    const own = join(folder, 'web');
    await mkdir(own);
    await writeFile(join(folder, 'deployment-kickoff.md'), '# Off we go');
    await writeFile(join(folder, 'survey.md'), '# Survey');
    await writeFile(join(own, 'deployment-kickoff.md'), '# The shop goes live');
    const product = { channels: {}, roles: {}, types: {} };
    const sets = loadProductTemplates({
      templates: folder,
      products: [
        { ...product, name: 'Web shop', templates: own },
        { ...product, name: 'App' },
      ],
    });
    expect([...sets.keys()]).toEqual(['Web shop']);
    const titleOf = (name: string) => JSON.stringify(sets.get('Web shop')?.get(name)?.title);
    expect(titleOf('deployment-kickoff')).toContain('The shop goes live');
    expect(titleOf('survey')).toContain('Survey');
    expect(sets.get('Web shop')?.get('sales-briefing')).toEqual(loadTemplates().get('sales-briefing'));
    const reading = (name: string) =>
      validatePlan(
        { ...examplePlan(), communications: { change: { 'sales-briefing': { template: name } } } },
        { templates: [...loadTemplates().keys()], productTemplates: sets },
      );
    expect(reading('survey').ok).toBe(true);
    expect(reading('no-such').ok).toBe(false);
  });

  it('tells the problems of all files at once, each with its place', async () => {
    await writeFile(join(folder, 'a.md'), '# {{realease.key}}');
    await writeFile(join(folder, 'b.md'), 'no heading');
    expect(problemsOf(() => loadTemplates(folder))).toEqual([
      `${join(folder, 'a.md')}:1:3 There is no variable {{realease.key}}. Did you mean release.key?`,
      `${join(folder, 'b.md')}:1:1 A template begins with a heading: "# …".`,
    ]);
  });

  it('does not read a file of 10 MB, and says why', async () => {
    await writeFile(join(folder, 'huge.md'), `# a\n\n${'x'.repeat(10_000_000)}`);
    expect(problemsOf(() => loadTemplates(folder))).toEqual([
      `${join(folder, 'huge.md')}:1:1 The file is larger than 1 MB, so it is no template.`,
    ]);
  });
});

function problemsOf(load: () => unknown): readonly string[] {
  try {
    load();
  } catch (error) {
    if (error instanceof TemplateError) return error.problems;
    throw error;
  }
  throw new Error('expected a TemplateError');
}
