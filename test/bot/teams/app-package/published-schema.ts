import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { ValidateFunction } from 'ajv';
import Draft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';

const require = createRequire(import.meta.url);

/**
 * What is wrong with a manifest by Microsoft's own JSON schema of a version, as its package
 * `@microsoft/app-manifest` carries it; empty when it is valid.
 */
export function problemsByPublishedSchema(manifest: unknown, version: string): string[] {
  const validate = compiled.get(version) ?? compile(version);
  compiled.set(version, validate);
  validate(manifest);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`);
}

const compiled = new Map<string, ValidateFunction>();

function compile(version: string): ValidateFunction {
  const root = path.dirname(require.resolve('@microsoft/app-manifest/package.json'));
  const file = path.join(root, 'build', 'json-schemas', 'teams', `v${version}`, 'MicrosoftTeams.schema.json');
  const schema = JSON.parse(readFileSync(file, 'utf8'));
  const ajv = new Draft04.default({ allErrors: true, strict: false });
  addFormats.default(ajv);
  return ajv.compile(schema);
}
