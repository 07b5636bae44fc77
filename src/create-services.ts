import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { renderLiveCard } from './bot/cards/render-live-card.ts';
import type { Config } from './config/config.ts';
import type { JobServices } from './jobs/job-services.ts';
import type { Services } from './services/kernel/context.ts';
import type { DeploymentDriver } from './services/ports/deployment-driver.ts';
import type { MetricSource } from './services/ports/metric-source.ts';

/** What the services are made of: the adapters by the names that the configuration gives them, and the rest. */
export interface ServiceParts
  extends Pick<Services, 'db' | 'clock' | 'log' | 'channels' | 'directories' | 'templates' | 'notifier'> {
  config: Pick<Config, 'releaseCreators' | 'defaultZone' | 'channels'>;
  drivers: ReadonlyMap<string, DeploymentDriver>;
  metrics: ReadonlyMap<string, MetricSource>;
  newId?: () => string;
}

/** The services of a process, which every verb works with. */
export function createServices({ config, drivers, metrics, ...parts }: ServiceParts): Services {
  return {
    newId: randomUUID,
    ...parts,
    releaseCreators: config.releaseCreators,
    defaultZone: config.defaultZone,
    defaultChannels: config.channels,
    driver: (name) => drivers.get(name),
    metrics: (name) => metrics.get(name),
    adapters: { drivers: [...drivers.keys()], metrics: [...metrics.keys()] },
  };
}

export interface JobParts extends Pick<JobServices, 'stopping'> {
  config: Pick<Config, 'outbox'>;
  sleep?: JobServices['sleep'];
  random?: JobServices['random'];
}

/** What the jobs of a process work with. */
export function createJobServices(services: Services, { config, ...parts }: JobParts): JobServices {
  return {
    sleep: (ms) => pause(ms),
    random: Math.random,
    ...services,
    ...parts,
    settings: config.outbox,
    renderLiveCard: (card) =>
      renderLiveCard(services.db, card, services.clock.now(), (name) => services.driver(name) !== undefined),
  };
}
