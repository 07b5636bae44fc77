import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const Compose = z.object({
  services: z.record(
    z.string(),
    z.object({
      image: z.string(),
      build: z.string().optional(),
      init: z.boolean().optional(),
      restart: z.enum(['unless-stopped', 'no']),
      command: z.union([z.string(), z.array(z.string())]).optional(),
      environment: z.record(z.string(), z.string()).optional(),
      volumes: z.array(z.string()).optional(),
      depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
      healthcheck: z.object({ test: z.array(z.string()).min(2) }).optional(),
      user: z.string().optional(),
      read_only: z.literal(true),
      cap_drop: z.tuple([z.literal('ALL')]),
      security_opt: z.tuple([z.literal('no-new-privileges:true')]),
      mem_limit: z.string().regex(/^\d+[mg]$/),
      logging: z.object({
        driver: z.literal('json-file'),
        options: z.object({ 'max-size': z.string(), 'max-file': z.string() }),
      }),
    }),
  ),
  volumes: z.record(z.string(), z.null()),
});

const { services, volumes } = Compose.parse(parse(readFileSync('docker-compose.yml', 'utf8')));
const dockerfile = readFileSync('Dockerfile', 'utf8');

describe('docker-compose.yml', () => {
  it('runs the bot with an init, once the schema is there and PostgreSQL and Redis are healthy', () => {
    expect(services.bot?.init).toBe(true);
    expect(services.bot?.depends_on).toEqual({
      migrate: { condition: 'service_completed_successfully' },
      postgres: { condition: 'service_healthy' },
      redis: { condition: 'service_healthy' },
    });
    expect(services.bot?.environment?.DATABASE_URL).toMatch(
      /^postgres:\/\/tminus_bot:\$\{POSTGRES_BOT_PASSWORD:\?.*\}@postgres:5432\/tminus$/,
    );
    expect(services.bot?.environment?.TMINUS_AUDIT_KEY).toMatch(/^\$\{TMINUS_AUDIT_KEY:\?.*\}$/);
    expect(services.bot?.environment?.REDIS_URL).toMatch(/^redis:\/\/:\$\{REDIS_PASSWORD:\?.*\}@redis:6379$/);
  });

  it('has the owner migrate once, and give the bot its rights', () => {
    const { migrate, postgres } = services;
    expect(migrate?.restart).toBe('no');
    expect(migrate?.command).toEqual(['migrate', '--grant-to', 'tminus_bot']);
    const owner = `postgres://${postgres?.environment?.POSTGRES_USER}:`;
    expect(migrate?.environment?.DATABASE_URL?.startsWith(owner)).toBe(true);
    expect(migrate?.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
    expect(postgres?.volumes).toContain(
      './docker/create-bot-role.sql:/docker-entrypoint-initdb.d/create-bot-role.sql:ro',
    );
    const script = readFileSync('docker/create-bot-role.sql', 'utf8');
    expect(script).toContain(`CREATE ROLE tminus_bot LOGIN PASSWORD :'password';`);
    expect(script).not.toMatch(/SUPERUSER|GRANT/);
  });

  it('restarts and watches everything that goes on', () => {
    const { migrate: _, ...lasting } = services;
    for (const service of Object.values(lasting)) {
      expect(service.restart).toBe('unless-stopped');
      expect(service.healthcheck).toBeDefined();
    }
    expect(services.bot?.healthcheck?.test).toEqual(['CMD', 'node', 'bin/tminus.mjs', 'health']);
  });

  it('pins images that are not its own, by an exact version and a digest', () => {
    const foreign = Object.values(services).filter(({ build }) => build === undefined);
    expect(foreign.length).toBe(2);
    for (const { image } of foreign) expect(image).toMatch(/:\d+\.\d+(\.\d+)?@sha256:[0-9a-f]{64}$/);
  });

  it('has Redis evict nothing, write everything down and ask for the password', () => {
    expect(services.redis?.command).toContain('--requirepass "$$REDIS_PASSWORD"');
    expect(services.redis?.environment?.REDISCLI_AUTH).toBe(services.redis?.environment?.REDIS_PASSWORD);
    expect(services.redis?.command).toContain('--maxmemory-policy noeviction');
    expect(services.redis?.command).toContain('--appendonly yes');
  });

  it('keeps data in volumes that it declares', () => {
    const mounted = [services.postgres, services.redis].flatMap((service) => service?.volumes ?? []);
    const named = mounted.filter((volume) => !volume.startsWith('./'));
    expect(named.map((volume) => volume.split(':')[0])).toEqual(Object.keys(volumes));
  });
});

describe('Dockerfile', () => {
  it('has one Node, pinned: an exact version that tminus runs on and that still gets fixes', () => {
    const nodes = [...dockerfile.matchAll(/^FROM node:(\S+)/gm)].map((match) => match[1]);
    expect(new Set(nodes).size).toBe(1);
    expect(nodes[0]).toMatch(/^2[24]\.\d+\.\d+-bookworm-slim@sha256:[0-9a-f]{64}$/);
    const { engines } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(engines).toEqual({ node: '>=20.19' });
  });

  it('runs as an ordinary user', () => {
    expect(dockerfile.slice(dockerfile.lastIndexOf('FROM'))).toMatch(/^USER node$/m);
  });

  it('copies only what is there', () => {
    const last = dockerfile.slice(dockerfile.lastIndexOf('FROM'));
    const copied = [...last.matchAll(/^COPY (\w[\w./]*) /gm)].map((match) => match[1] ?? '');
    expect(copied).toEqual(['package.json', 'bin', 'migrations', 'templates']);
  });
});

describe('a production install', () => {
  const lock = z
    .object({ packages: z.record(z.string(), z.object({ dev: z.boolean().optional() })) })
    .parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));
  const namesOf = (isWanted: (dev: boolean) => boolean) =>
    Object.entries(lock.packages)
      .filter(([, { dev = false }]) => isWanted(dev))
      .map(([folder]) => folder.replace(/^.*node_modules\//, ''));
  // Not `ws`, which botbuilder brings along.
  const ofSandbox = ['react', 'react-dom', 'slack-blocks-to-jsx', 'esbuild', 'tsx', '@fastify/formbody'];

  it('holds nothing of what only the sandbox or a build needs', () => {
    expect(namesOf((dev) => dev)).toEqual(expect.arrayContaining(ofSandbox));
    const names = namesOf((dev) => !dev);
    expect(names).toContain('@slack/bolt');
    expect(names.filter((name) => ofSandbox.includes(name))).toEqual([]);
  });
});

it('the image keeps the heap as small as "npm start" does', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
  const flags = [...scripts.start.matchAll(/--max-[a-z-]+=\d+/g)].map(([flag]) => flag);
  expect(flags).toHaveLength(2);
  const entry = /^ENTRYPOINT (.*)$/m.exec(dockerfile)?.[1] ?? '[]';
  expect(JSON.parse(entry)).toEqual(expect.arrayContaining(flags));
});
