import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { renderLiveCard } from './bot/cards/render-live-card.ts';
import { type AdapterRegistries, adapterRegistries } from './config/adapter-registries.ts';
import type { Config } from './config/config.ts';
import { loadFreezes } from './config/load-freezes.ts';
import { notifierDestination } from './core/address/address.ts';
import type { Destination } from './core/address/destination.ts';
import type { AnchorSettings, JobServices } from './jobs/job-services.ts';
import type { AdapterContext } from './lib/create-adapter-registry.ts';
import { mapValues } from './lib/map-values.ts';
import { measureDrivers, measureSources } from './measured-adapters.ts';
import { createGitHub } from './repositories/github.ts';
import type { Services } from './services/kernel/context.ts';
import { findOrganizationRoles } from './services/permissions/find-organization-roles.ts';
import type { DeploymentDriver } from './services/ports/deployment-driver.ts';
import type { Directory } from './services/ports/directory.ts';
import type { MessageChannel } from './services/ports/message-channel.ts';
import type { MetricSource } from './services/ports/metric-source.ts';
import { isCreator } from './services/release/may-create-release.ts';

/** What reaches the outside, by the names that the configuration gives it. */
export interface Adapters extends Pick<Services, 'channels' | 'directories'> {
  drivers: ReadonlyMap<string, DeploymentDriver>;
  metrics: ReadonlyMap<string, MetricSource>;
}

export interface AdapterParts extends AdapterContext {
  config: Pick<Config, 'drivers' | 'metrics' | 'notifiers'>;
  /** The kinds that the configuration may name; left out, those of the product. */
  registries?: AdapterRegistries | undefined;
  /** The chat platforms, in the order in which an address is read. */
  platforms: readonly { name: string; channel: MessageChannel & Directory }[];
}

/** Makes the adapters of a configuration; nothing is contacted yet. @throws Error when one can't be made of its settings. */
export function createAdapters({
  config,
  registries = adapterRegistries,
  platforms,
  clock,
}: AdapterParts): Adapters {
  const context = { clock };
  const connected = platforms.map(({ name, channel }) => [name, channel] as const);
  const notifiers = mapValues(config.notifiers, (each) => registries.notifiers.create(each, context));
  return {
    channels: new Map([...notifiers, ...connected]),
    directories: new Map(connected),
    drivers: measureDrivers(mapValues(config.drivers, (each) => registries.drivers.create(each, context))),
    metrics: measureSources(mapValues(config.metrics, (each) => registries.metrics.create(each, context))),
  };
}

/** What the services are made of. */
export interface ServiceParts
  extends Adapters,
    Pick<Services, 'db' | 'trailKeys' | 'clock' | 'log' | 'templates' | 'notifier' | 'publicUrl'> {
  config: Pick<
    Config,
    | 'releaseCreators'
    | 'permissions'
    | 'defaultZone'
    | 'channels'
    | 'freezes'
    | 'collisions'
    | 'products'
    | 'http'
    | 'subscriptions'
    | 'schedule'
    | 'tasks'
    | 'github'
    | 'cab'
  >;
  /** Of products that have their own. */
  productTemplates?: Services['productTemplates'];
  newId?: () => string;
}

/** The services of a process, which every verb works with. @throws Error when a list is open, or a group has a role, that there is not. */
export function createServices({ config, drivers, metrics, ...parts }: ServiceParts): Services {
  const { lateness: latenessMs, threads: defaultThreads, ...defaultShifts } = config.schedule;
  return {
    newId: randomUUID,
    productTemplates: new Map(),
    ...parts,
    releaseCreators: config.releaseCreators,
    permissions: readablePermissions(config, parts.directories),
    findHeldRoles: (personId, permissions) => findOrganizationRoles(parts, personId, permissions),
    defaultZone: config.defaultZone,
    latenessMs,
    digestAt: config.tasks.digestAt,
    defaultShifts,
    defaultThreads,
    defaultChannels: config.channels,
    freezes: loadFreezes(config),
    products: config.products,
    messagesAWeek: config.collisions.messagesAWeek,
    subscriptions: openSubscriptions(config, parts.channels),
    driver: (name) => drivers.get(name),
    metrics: (name) => metrics.get(name),
    cab: config.cab,
    repositories: createGitHub(config.github),
    adapters: { drivers: [...drivers.keys()], metrics: [...metrics.keys()] },
  };
}

/** A group that no platform knows how to read would be one of which nobody is ever a member. */
function readablePermissions(
  { permissions }: Pick<Config, 'permissions'>,
  directories: Services['directories'],
): Services['permissions'] {
  for (const [name, { groups }] of Object.entries(permissions.roles)) {
    for (const [index, group] of groups.entries()) {
      if ([...directories.values()].some((directory) => directory.readGroup(group) !== null)) continue;
      throw new Error(
        `tminus.yaml: permissions.roles.${name}.groups.${index}: "${group}" is no group of a connected platform; expected a user group of Slack such as "@sre", or a team such as "teams:Web Platform".`,
      );
    }
  }
  return permissions;
}

function openSubscriptions(
  { http: { publicUrl }, subscriptions: { audiences, lists, secret } }: ServiceParts['config'],
  channels: Services['channels'],
): Services['subscriptions'] {
  for (const address of lists) {
    const { channel = '', id = '' } = notifierDestination(address) ?? {};
    if (channels.get(channel)?.membersOf?.(id)) continue;
    throw new Error(`tminus.yaml: subscriptions.lists: there is no list "${address}" under notifiers.`);
  }
  if (secret !== undefined && publicUrl === undefined) {
    throw new Error('tminus.yaml: subscriptions.secret: its links need http.publicUrl.');
  }
  const links = publicUrl !== undefined && secret !== undefined ? { publicUrl, secret } : null;
  return { audiences, lists, links };
}

export interface JobParts extends Pick<JobServices, 'processId' | 'stopping' | 'late' | 'witness'> {
  config: Pick<Config, 'outbox' | 'retention' | 'audit'>;
  sleep?: JobServices['sleep'];
  random?: JobServices['random'];
}

/** What the jobs of a process work with. */
export function createJobServices(services: Services, { config, ...parts }: JobParts): JobServices {
  return {
    sleep: (ms) => pause(ms),
    random: Math.random,
    heldDeliveries: new Set(),
    ...services,
    ...parts,
    settings: {
      ...config.outbox,
      retention: retentionSettings(config.retention),
      anchors: anchorSettings(config.audit),
    },
    renderLiveCard: (card) => renderLiveCard(services.db, card, services.clock.now(), factsOf(services)),
  };
}

function retentionSettings({ releases, requests, people }: Config['retention']) {
  return { releasesMs: releases, requestsMs: requests, peopleMs: people };
}

function anchorSettings({
  anchors: { every: everyMs, channel, file },
}: Config['audit']): AnchorSettings | null {
  if (channel === undefined && file === undefined) return null;
  return { everyMs, channel: channel ?? null, file: file ?? null };
}

/** What live cards ask of the services besides the rows. */
export function factsOf(services: Services) {
  return {
    freezes: services.freezes,
    hasDriver: (name: string) => services.driver(name) !== undefined,
    isCreator: ({ channel, id }: Destination) => isCreator(services, { platform: channel, id }),
  };
}
