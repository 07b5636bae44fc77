import type { AuditSigner, TrustedKeys } from '../../core/audit/audit-signature.ts';
import type { Freeze, WeekTime } from '../../core/freeze/freeze.ts';
import { type Identity, writeIdentity } from '../../core/people/identity.ts';
import type { Permissions } from '../../core/permissions/permissions.ts';
import type { Audience, AudienceChannels } from '../../core/plan/audiences.ts';
import type { Shifts } from '../../core/plan/shifts-schema.ts';
import type { Threads } from '../../core/plan/threads-schema.ts';
import type { AdapterNames } from '../../core/plan-file/check-adapters.ts';
import type { Product } from '../../core/product-file/product.ts';
import type { TemplateSet } from '../../core/template/load-template.ts';
import type { Database } from '../../db/open-database.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { DeploymentDriver } from '../ports/deployment-driver.ts';
import type { Directories } from '../ports/directory.ts';
import type { MessageChannels } from '../ports/message-channel.ts';
import type { MetricSource } from '../ports/metric-source.ts';
import type { RepositoryHost } from '../ports/repository-host.ts';
import type { WorkNotifier } from '../ports/work-notifier.ts';
import type { LinkSettings } from './subscription-links.ts';

/** Who asks. Identity comes from a platform's signed payload, never from what was typed or clicked. */
export type Actor =
  /** A person, by the account that they use now. `isBackup`: in any release. */
  | {
      kind: 'person';
      personId: string;
      isBackup: boolean;
      identity: Identity;
      name: string;
      /** Missing: nobody has needed to know. */
      organizationRoles?: HeldRoles;
    }
  /** tminus itself, acting on its schedule. */
  | { kind: 'system'; name: string }
  /** Somebody of another workspace than the one that is served, who may do nothing. */
  | { kind: 'other-workspace'; workspaceId: string; identity: Identity; name: string }
  /** Someone at the server's own command line. */
  | { kind: 'operator'; name: string };

/** Which roles of the organization somebody holds, as their platforms said. */
export interface HeldRoles {
  /** `by`: through what, such as `@sre`. */
  held: readonly { name: string; by: string }[];
  /** Those of which a platform could not say, and what it said. */
  unknown: readonly { name: string; message: string }[];
}

/** Who may ask for copies of what is sent. */
export interface OpenSubscriptions {
  /** Of which everybody in the workspace may get a copy. */
  audiences: readonly Audience[];
  /** Which everybody may join on a page, as plans write them: `email:customers`. */
  lists: readonly string[];
  /** Null: there are no links in messages, and nobody joins anything by themselves. */
  links: LinkSettings | null;
}

/** With which the audit trail is signed and checked; outside the database. */
export interface TrailKeys {
  signer: AuditSigner;
  /** The public key of the signer, and those of before and of other processes. */
  trusted: TrustedKeys;
}

/** What the configuration says of the change advisory board; dates are YYYY-MM-DD. */
export interface CabSettings {
  meets?: WeekTime | undefined;
  zone?: string | undefined;
  nextReview?: string | undefined;
  lastReview?: string | undefined;
}

/** What every verb works with. Made once by the composition root. */
export interface Services {
  db: Database;
  clock: Clock;
  newId: () => string;
  trailKeys: TrailKeys;
  log: Log;
  templates: TemplateSet;
  /** Of products that have their own, by the name of the product: all templates that their releases use. */
  productTemplates: ReadonlyMap<string, TemplateSet>;
  notifier: WorkNotifier;
  /** What carries messages, by the name that destinations give. */
  channels: MessageChannels;
  /** Who and what is where, by platform. */
  directories: Directories;
  /** E-mail addresses of the people who may create releases. */
  releaseCreators: readonly string[];
  /** Where the HTTP server is reached from outside, such as `https://releases.example.com`; null when nobody has said. */
  publicUrl: () => string | null;
  /** What the configuration says of rights. What holds is in the rows, and with each release. */
  permissions: Permissions;
  /** Which roles of the organization a person holds, as the platforms say; asked outside of transactions. */
  findHeldRoles: (personId: string, permissions: Permissions) => Promise<HeldRoles>;
  /** IANA zone that forms propose. */
  defaultZone: string;
  /** When messages should not be sent, where a plan says nothing. */
  defaultShifts: Shifts;
  /** What goes into threads, where a plan says nothing; undefined: nobody has said. */
  defaultThreads?: Threads | undefined;
  /** How late a message of the schedule may be, in ms, before somebody is asked. */
  latenessMs: number;
  /** When people get their digest, in their own zone: HH:MM. */
  digestAt: string;
  /** For the audiences to which a plan gives no channel. */
  defaultChannels: AudienceChannels;
  /** What releases inherit from their product. */
  products: readonly Product[];
  /** The freezes of the configuration. */
  freezes: readonly Freeze[];
  /** More messages than this to one channel in a week are called too many. */
  messagesAWeek: number;
  subscriptions: OpenSubscriptions;
  /** By the name that a plan gives; undefined when none is configured under it. */
  driver: (name: string) => DeploymentDriver | undefined;
  metrics: (name: string) => MetricSource | undefined;
  /** When the change advisory board meets each week, in which zone, and when the way of releasing is reviewed. */
  cab: CabSettings;
  /** Where the source of releases is read. */
  repositories: RepositoryHost;
  /** The names that are configured. */
  adapters: AdapterNames;
}

/** One request: the services, who asks, and the key under which a repeat of it is known. */
export interface Ctx extends Services {
  actor: Actor;
  /** Of one request: when its actor asks a verb again under the same key, they get the first answer. */
  idempotencyKey?: string;
}

/** The actor as written in records: `slack:U…`, `slack:T…:U…` from another workspace, `system:schedule`. */
export function actorId(actor: Actor): string {
  switch (actor.kind) {
    case 'person':
      return writeIdentity(actor.identity);
    case 'other-workspace':
      return writeIdentity(actor.identity, actor.workspaceId);
    case 'system':
    case 'operator':
      return `${actor.kind}:${actor.name}`;
  }
}

/** The services as used by tminus itself, on its schedule. What it does for a request does not answer the request. */
export function asSystem(
  { idempotencyKey: _ofRequest, ...services }: Services & Pick<Ctx, 'idempotencyKey'>,
  name = 'schedule',
): Ctx {
  return { ...services, actor: { kind: 'system', name } };
}
