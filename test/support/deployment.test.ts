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
      restart: z.literal('unless-stopped'),
      command: z.string().optional(),
      environment: z.record(z.string(), z.string()).optional(),
      volumes: z.array(z.string()),
      depends_on: z.record(z.string(), z.object({ condition: z.literal('service_healthy') })).optional(),
      healthcheck: z.object({ test: z.array(z.string()).min(2) }),
    }),
  ),
  volumes: z.record(z.string(), z.null()),
});

const { services, volumes } = Compose.parse(parse(readFileSync('docker-compose.yml', 'utf8')));
const dockerfile = readFileSync('Dockerfile', 'utf8');

describe('docker-compose.yml', () => {
  it('runs the bot with an init, after PostgreSQL and Redis are healthy', () => {
    expect(services.bot?.init).toBe(true);
    expect(Object.keys(services.bot?.depends_on ?? {})).toEqual(['postgres', 'redis']);
    expect(services.bot?.environment?.DATABASE_URL).toContain('@postgres:5432/tminus');
    expect(services.bot?.environment?.REDIS_URL).toBe('redis://redis:6379');
  });

  it('has Redis evict nothing and write everything down', () => {
    expect(services.redis?.command).toContain('--maxmemory-policy noeviction');
    expect(services.redis?.command).toContain('--appendonly yes');
  });

  it('keeps data in volumes that it declares', () => {
    const named = [services.postgres, services.redis].flatMap((service) => service?.volumes ?? []);
    expect(named.map((volume) => volume.split(':')[0])).toEqual(Object.keys(volumes));
  });
});

describe('Dockerfile', () => {
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
  const ofSandbox = [
    'react',
    'react-dom',
    'slack-blocks-to-jsx',
    'esbuild',
    'tsx',
    'ws',
    '@fastify/formbody',
  ];

  it('holds nothing of what only the sandbox or a build needs', () => {
    expect(namesOf((dev) => dev)).toEqual(expect.arrayContaining(ofSandbox));
    const names = namesOf((dev) => !dev);
    expect(names).toContain('@slack/bolt');
    expect(names.filter((name) => ofSandbox.includes(name))).toEqual([]);
  });
});
