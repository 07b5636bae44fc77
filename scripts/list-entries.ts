import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { RegistryFolder } from './registries.ts';

/** The generated list of a registry as it has to be now: where it is, and its text. */
export function listEntries(registry: RegistryFolder, root = '.'): { file: string; text: string } {
  const { folder, exportName, listName } = registry;
  const fileName = `${kebabCase(listName)}.generated.ts`;
  const entries = findEntries(registry, root).map((source) => ({
    name: camelCase(source.replace(/\/index\.ts$|\.ts$/, '')),
    source,
  }));
  const imports = entries.map(({ name, source }) =>
    name === exportName
      ? `import { ${exportName} } from './${source}';`
      : `import { ${exportName} as ${name} } from './${source}';`,
  );
  const text = `// Written by \`npm run registries\` from what is beside it; do not edit.
${imports.join('\n')}

export const ${listName} = [
${entries.map(({ name }) => `  ${name},`).join('\n')}
] as const;
`;
  return { file: path.join(root, folder, fileName), text };
}

/** Where the entries are, seen from the folder of the list; in a fixed order. */
function findEntries({ folder, entries }: RegistryFolder, root: string): string[] {
  const found = readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entries === 'files') return entry.isFile() && isEntryFile(entry.name) ? [entry.name] : [];
    const index = `${entry.name}/index.ts`;
    return entry.isDirectory() && existsSync(path.join(root, folder, index)) ? [index] : [];
  });
  return found.sort();
}

function isEntryFile(name: string): boolean {
  return name.endsWith('.ts') && !name.endsWith('.generated.ts');
}

function camelCase(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
