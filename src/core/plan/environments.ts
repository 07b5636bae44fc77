import * as z from 'zod';
import { listWords } from '../../lib/list-words.ts';

/** Where a release is tested before production, and through which channels it reaches people (S1 §2.1). */

export const ENVIRONMENT_NAMES = ['development', 'staging', 'performance', 'uat'] as const;
export type EnvironmentName = (typeof ENVIRONMENT_NAMES)[number];

export interface Environment {
  title: string;
  purpose: string;
  audience: string;
  data: string;
  /** How a build gets there. */
  deployment: string;
  /** A build gets there only once somebody has approved it. */
  needsApproval: boolean;
}

export const ENVIRONMENTS: Readonly<Record<EnvironmentName, Environment>> = {
  development: {
    title: 'Development',
    purpose: 'features are built and unit-tested',
    audience: 'engineering',
    data: 'synthetic',
    deployment: 'automatically, with each commit',
    needsApproval: false,
  },
  staging: {
    title: 'Staging',
    purpose: 'integration is tested, and QA validates',
    audience: 'QA and product owners',
    data: 'like production, anonymised',
    deployment: 'once somebody has approved it',
    needsApproval: true,
  },
  performance: {
    title: 'Performance',
    purpose: 'load is tested, and performance validated',
    audience: 'performance engineers',
    data: 'synthetic, in high volume',
    deployment: 'by scheduled automated tests',
    needsApproval: false,
  },
  uat: {
    title: 'User acceptance',
    purpose: 'the business validates',
    audience: 'business users and product owners',
    data: 'like production, without personal data',
    deployment: 'as release candidates',
    needsApproval: false,
  },
};

export const PRODUCTION_CHANNELS = ['web', 'mobile', 'api', 'infrastructure'] as const;
export type ProductionChannel = (typeof PRODUCTION_CHANNELS)[number];

/** What belongs to each channel. */
export const PRODUCTION_CHANNEL_TITLES: Readonly<Record<ProductionChannel, string>> = {
  web: 'web application: primary, backup and CDN',
  mobile: 'mobile applications: App Store, Google Play, enterprise distribution',
  api: 'API services: REST, GraphQL, WebSocket, gRPC',
  infrastructure: 'infrastructure: clusters, functions, database migrations, caches',
};

/** Of a plan that names none. */
export const DEFAULT_PRODUCTION: ProductionChannel[] = ['web'];

/** The fields of a plan. */
export const environmentFields = {
  environments: z
    .array(z.enum(ENVIRONMENT_NAMES).describe(`an environment: ${listWords(ENVIRONMENT_NAMES, 'or')}`))
    .max(ENVIRONMENT_NAMES.length)
    .default([...ENVIRONMENT_NAMES])
    .describe('a list of the environments that it goes through before production'),
  production: z
    .array(
      z.enum(PRODUCTION_CHANNELS).describe(`a production channel: ${listWords(PRODUCTION_CHANNELS, 'or')}`),
    )
    .min(1)
    .max(PRODUCTION_CHANNELS.length)
    .default([...DEFAULT_PRODUCTION])
    .describe('a list of the channels through which it reaches people'),
};
