import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { adapterRegistries } from '../../src/config/adapter-registries.ts';
import { ConfigError, loadConfig, parseConfigFile } from '../../src/config/load-config.ts';
import { createAdapterRegistry, defineAdapter } from '../../src/lib/create-adapter-registry.ts';
import type { MessageChannel } from '../../src/services/ports/message-channel.ts';

const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
const load = (env: Record<string, string>) => loadConfig({ env: { ...slack, ...env } });

describe('DATABASE_URL', () => {
  it.each([
    'postgres://tminus:hush@db.example.com:5432/tminus',
    'postgresql://localhost/tminus',
    'postgres://[::1]:5432/tminus?sslmode=require',
    'postgres:///tminus?host=/var/run/postgresql',
    'postgres://tminus:hush@/tminus?host=/var/run/postgresql',
    'postgres://%2Fvar%2Frun%2Fpostgresql/tminus',
  ])('may be %s', async (address) => {
    expect(await load({ DATABASE_URL: address })).toMatchObject({ databaseUrl: address });
  });

  it.each([
    '127.0.0.1:5432/tminus',
    'db.example.com:hush',
    'mysql://tminus:hush@db.example.com/tminus',
    'postgres:tminus:hush@db.example.com',
    'postgres:///tminus',
    'postgres://tminus:hush@/tminus',
    'postgres://tminus:hush/12@db.example.com/tminus',
    'host=db.example.com password=hush',
  ])('%s is refused with what was expected, and is not repeated', async (address) => {
    const refused = await load({ DATABASE_URL: address }).catch((error: Error) => error);
    expect(refused).toMatchObject({
      name: 'ConfigError',
      message:
        'The variable DATABASE_URL is not usable: expected is the address of a PostgreSQL, which begins with ' +
        'postgres:// or postgresql:// and names a host, such as postgres://user:password@host:5432/tminus. ' +
        'In a password, characters like / ? # and @ are written in percent encoding.',
    });
  });
});

describe('REDIS_URL', () => {
  it.each(['redis://localhost', 'redis://:hush@redis:6379/1', 'rediss://user:hush@redis.example.com:6380'])(
    'may be %s',
    async (address) => {
      expect(await load({ REDIS_URL: address })).toMatchObject({ redisUrl: address });
    },
  );

  it.each(['127.0.0.1:6379', 'localhost:6390', 'redis://', 'redis://:hush@:6379', 'http://:hush@redis:6379'])(
    '%s is refused with what was expected, and is not repeated',
    async (address) => {
      const refused = await load({ REDIS_URL: address }).catch((error: Error) => error);
      expect(refused).toMatchObject({
        name: 'ConfigError',
        message:
          'The variable REDIS_URL is not usable: expected is the address of a Redis, which begins with redis:// ' +
          'or rediss:// and names a host, such as redis://:password@host:6379. ' +
          'In a password, characters like / ? # and @ are written in percent encoding.',
      });
    },
  );

  it('need not be set, and empty counts as not set', async () => {
    expect(await load({ REDIS_URL: '', DATABASE_URL: '' })).not.toHaveProperty('redisUrl');
  });
});

describe('two drivers for one target', () => {
  const load = (first: string, second: string) => {
    const demo = (adminUrl: string) => ({ type: 'demo', token: 'a-secret', adminUrl });
    const text = JSON.stringify({ drivers: { shop: demo(first), web: demo(second) } });
    return () => parseConfigFile(text, { path: 'tminus.yaml', env: {} });
  };

  it('are refused by both names, with what to do, and without a secret', () => {
    const message =
      'tminus.yaml is not usable:\n  drivers.web: drives the same target as drivers.shop: demo http://demo:4400. A target has one driver, so that it has one release at a time. Remove one of the two, and use the other as rollout.driver in every plan';
    expect(load('http://demo:4400', 'http://user:password@DEMO:4400/')).toThrow(new ConfigError(message));
  });

  it('are fine for two targets', () => {
    expect(Object.keys(load('http://demo:4400', 'http://demo:4401')().drivers)).toEqual(['shop', 'web']);
  });
});

describe('names of adapters', () => {
  const parse = (text: string) => parseConfigFile(text, { path: 'tminus.yaml', env: {} });
  const metrics = (name: string) => `metrics: { ${name}: { type: prometheus-text, url: "http://host/" } }`;

  it.each(['web', 'web-2', `a${'b'.repeat(39)}`])('may be %s', (name) => {
    expect(Object.keys(parse(metrics(name)).metrics)).toEqual([name]);
  });

  it.each(['Web', '2', 'web_2', `a${'b'.repeat(40)}`])(
    'are refused when no plan can name them, as %s',
    (name) => {
      const reason = 'is not a name: at most 40 lower-case letters, digits and dashes, a letter first';
      expect(() => parse(metrics(name))).toThrow(`metrics.${name}: ${reason}`);
      expect(() => parse(`drivers: { ${name}: { type: demo, adminUrl: "http://host/", token: t } }`)).toThrow(
        `drivers.${name}: ${reason}`,
      );
    },
  );

  it.each(['slack', 'teams'])('leave the name %s to the platform', (name) => {
    const plain = defineAdapter({ name: 'plain', settings: z.strictObject({}), create: createNothing });
    const adapters = { ...adapterRegistries, notifiers: createAdapterRegistry([plain]) };
    expect(() =>
      parseConfigFile(`notifiers: { ${name}: { type: plain } }`, { path: 'tminus.yaml', env: {}, adapters }),
    ).toThrow(`notifiers.${name}: is the name of a chat platform itself; give this notifier another one`);
  });
});

/** No adapter is made of what is refused. */
function createNothing(): MessageChannel {
  throw new Error('not asked for');
}
