import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { listEntries } from '../../scripts/list-entries.ts';

function makeFolder(...files: string[]): string {
  const root = mkdtempSync(path.join(tmpdir(), 'tminus-registry-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const file of files) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), '');
  }
  return root;
}

it('lists every folder that has an index, in a fixed order, and nothing else', () => {
  const root = makeFolder('a/two-fold/index.ts', 'a/demo/index.ts', 'a/notes/readme.md', 'a/registry.ts');
  const registry = { folder: 'a', entries: 'folders', exportName: 'driver', listName: 'allDrivers' } as const;
  expect(listEntries(registry, root)).toEqual({
    file: path.join(root, 'a/all-drivers.generated.ts'),
    text: `// Written by \`npm run registries\` from what is beside it; do not edit.
import { driver as demo } from './demo/index.ts';
import { driver as twoFold } from './two-fold/index.ts';

export const allDrivers = [
  demo,
  twoFold,
] as const;
`,
  });
});

it('lists files where these are the entries, but for what it wrote itself', () => {
  const root = makeFolder('a/open.ts', 'a/all-forms.generated.ts', 'a/form.ts', 'a/more/index.ts');
  const registry = { folder: 'a', entries: 'files', exportName: 'form', listName: 'allForms' } as const;
  const { text } = listEntries(registry, root);
  expect(text).toContain(`import { form } from './form.ts';\nimport { form as open } from './open.ts';\n`);
  expect(text).toContain('[\n  form,\n  open,\n] as const');
});
