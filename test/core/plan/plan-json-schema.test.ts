import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { planJsonSchema } from '../../../src/core/plan/plan-json-schema.ts';

describe('docs/plan.schema.json', () => {
  it('is what `tminus plan schema` prints: write it anew when this fails', async () => {
    const published: unknown = JSON.parse(await readFile('docs/plan.schema.json', 'utf8'));
    expect(published).toEqual(JSON.parse(planJsonSchema()));
  });

  it('refuses unknown fields, requires what has no default, and knows the choices', () => {
    expect(JSON.parse(planJsonSchema())).toMatchObject({
      type: 'object',
      additionalProperties: false,
      required: ['release', 'product', 'version', 'summary', 'goLive', 'roles'],
      properties: {
        type: { enum: ['major', 'minor', 'patch', 'hotfix', 'feature-flag'], default: 'minor' },
        release: { pattern: '^[a-z][a-z0-9]*(-[a-z0-9.]+)+$' },
      },
    });
  });
});
