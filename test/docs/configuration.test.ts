import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configCommand } from '../../src/cli/config.ts';
import { fileConfigSchema } from '../../src/config/config.ts';
import { configJsonSchema } from '../../src/config/config-json-schema.ts';
import { parseConfigFile } from '../../src/config/load-config.ts';
import { DEFAULT_CHANNELS } from '../../src/core/plan/audiences.ts';

const example = readFileSync('tminus.example.yaml', 'utf8');
/** The example with everything switched on that is switched off: `#name:` and what is below it. */
const everything = example.replace(/^#(?=[a-z]| {2})/gm, '');
const file = {
  path: 'tminus.example.yaml',
  env: {
    DEMO_ADMIN_TOKEN: 'secret',
    DEPLOY_SECRET: `whsec_${Buffer.alloc(32).toString('base64')}`,
    DEPLOY_OLD_SECRET: `whsec_${Buffer.alloc(24).toString('base64')}`,
    METRICS_TOKEN: 'also secret',
    WORKFLOW_RELEASES_URL: 'https://example.com/workflow',
    SMTP_USERNAME: 'tminus',
    SMTP_PASSWORD: 'a password',
    BLOG_HOOK_URL: 'https://example.com/hook',
    BLOG_HOOK_SECRET: `whsec_${Buffer.alloc(32).toString('base64')}`,
    BLOG_HOOK_OLD_SECRET: `whsec_${Buffer.alloc(24).toString('base64')}`,
    STATUSPAGE_API_KEY: 'a key',
    SUBSCRIPTIONS_SECRET: 's'.repeat(32),
    GITHUB_TOKEN: 'a-token',
    UNLEASH_TOKEN: 'a-token-for-features',
    GITHUB_DEPLOY_TOKEN: 'a-token-for-deploying',
    TMINUS_RESULTS_SECRET: 'r'.repeat(32),
    TMINUS_DEPLOYMENTS_SECRET: 'd'.repeat(32),
    TMINUS_RESULTS_SECRET_BEFORE: 'b'.repeat(32),
  },
};

describe('docs/tminus.schema.json', () => {
  it('is what `tminus config schema` prints: write it anew when this fails', () => {
    let printed = '';
    configCommand((text) => {
      printed += text;
    }).parse(['schema'], { from: 'user' });
    expect(JSON.parse(readFileSync('docs/tminus.schema.json', 'utf8'))).toEqual(JSON.parse(printed));
  });

  it('refuses unknown options, and requires none', () => {
    const schema = JSON.parse(configJsonSchema());
    expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
    expect(schema.required).toBeUndefined();
  });
});

describe('tminus.example.yaml', () => {
  it('is a valid configuration as it stands, with the defaults where it states them', () => {
    const read = parseConfigFile(example, { ...file, env: {} });
    const { http, slack, outbox } = fileConfigSchema.parse({});
    const channels = Object.fromEntries(Object.entries(DEFAULT_CHANNELS).map(([key, name]) => [key, [name]]));
    expect(read.channels).toEqual(channels);
    expect(read).toMatchObject({ http, slack, outbox, drivers: {}, metrics: {} });
  });

  it('is valid with everything switched on', () => {
    expect(parseConfigFile(everything, file)).toMatchObject({
      templates: './our-templates',
      commands: { release: 'tm-release', promote: 'tm-promote', rollback: 'tm-rollback' },
      drivers: {
        demo: { type: 'demo', token: 'secret', timeoutMs: 3000 },
        shop: { type: 'haproxy', backend: 'shop' },
        api: { type: 'webhook', target: 'api' },
        batch: { type: 'command', observe: ['./deploy', 'status'] },
        cluster: { type: 'kubernetes', rollout: { way: 'rolling', deployment: 'web' } },
        canary: { type: 'argo-rollouts', rollout: 'checkout' },
        actions: { type: 'github', workflow: 'deploy.yml' },
        toggle: { type: 'unleash', feature: 'checkout', segments: { 1: [3] } },
      },
      notifiers: {
        workflow: { type: 'teams-workflow' },
        email: { type: 'email', server: { security: 'starttls' } },
        hooks: { type: 'webhook' },
        status: { type: 'statuspage', whileRollingOut: 'operational' },
      },
      subscriptions: { audiences: ['support', 'product'], lists: ['email:customers'] },
      metrics: {
        demo: { type: 'prometheus-text', auth: { token: 'also secret' }, codes: { 429: 'error' } },
        production: { type: 'prometheus', matchers: { job: 'shop' } },
      },
    });
  });

  it('has every option there is, each below a comment', () => {
    const lines = everything.split('\n');
    for (const name of optionNames(JSON.parse(configJsonSchema()))) {
      const line = lines.findIndex((text) => text.trimStart().startsWith(`${name}:`));
      expect(line, name).toBeGreaterThan(0);
      expect(lines[line - 1], `what stands above ${name}`).toMatch(/^ *# /);
    }
  });
});

interface SchemaNode {
  properties?: Record<string, SchemaNode>;
  additionalProperties?: SchemaNode | boolean;
  oneOf?: SchemaNode[];
}

/** The name of every option at every depth, those of each kind of driver and source too. */
function optionNames(node: SchemaNode): string[] {
  const below = [
    ...(node.oneOf ?? []),
    ...(typeof node.additionalProperties === 'object' ? [node.additionalProperties] : []),
  ];
  const own = Object.entries(node.properties ?? {}).flatMap(([name, value]) => [name, ...optionNames(value)]);
  return [...new Set([...own, ...below.flatMap(optionNames)])];
}
