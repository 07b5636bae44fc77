import { MAJOR, MULTI_TENANT, WITH_CAMPAIGN, WITH_CUSTOMERS } from './applies-to.ts';
import { type DefaultCommunication, message, onEvent } from './default-communication.ts';

const started = { when: { event: 'rollout-started' }, validIn: ['rolling-out', 'live'] } as const;
const completed = { when: { event: 'rollout-completed' }, validIn: ['live'] } as const;
const launch = {
  ...completed,
  owner: 'product_owner',
  stakeholders: WITH_CUSTOMERS,
  types: WITH_CAMPAIGN,
  customerFacing: true,
} as const;
const statusPage = {
  audience: 'statusPage',
  owner: 'devops_lead',
  stakeholders: WITH_CUSTOMERS,
  customerFacing: true,
} as const;

/** From go-live on, where customers are concerned. What is launched is there for everyone: it waits for all traffic. */
export const LAUNCH_COMMUNICATIONS: readonly DefaultCommunication[] = [
  onEvent({
    ...started,
    key: 'rollout-started-engineering',
    title: 'Start of traffic for engineering',
    audience: 'engineering',
    owner: 'engineering_lead',
    stakeholders: WITH_CUSTOMERS,
    source: 'S1 §8.1 T-0',
  }),
  onEvent({
    ...started,
    key: 'rollout-started-executives',
    title: 'Start of traffic for executives',
    audience: 'executives',
    owner: 'release_manager',
    stakeholders: WITH_CUSTOMERS,
    source: 'S1 §8.1 T-0',
  }),
  onEvent({
    ...started,
    ...statusPage,
    key: 'status-page-started',
    title: 'Status page: in progress',
    source: 'S2 §4 T-0',
  }),
  onEvent({
    ...completed,
    ...statusPage,
    key: 'status-page-completed',
    title: 'Status page: completed',
    source: 'S2 §4 T-0',
  }),
  onEvent({
    ...completed,
    key: 'customer-success-outreach',
    title: 'Outreach to key accounts',
    audience: 'customerSuccess',
    owner: 'product_owner',
    stakeholders: WITH_CUSTOMERS,
    types: WITH_CAMPAIGN,
    source: 'S2 §4 T-0',
  }),
  onEvent({
    ...launch,
    key: 'launch-email',
    title: 'Launch e-mail',
    audience: 'customers',
    source: 'S1 §8.1 T-0',
  }),
  onEvent({
    ...launch,
    key: 'launch-in-app',
    title: 'In-app tour',
    audience: 'inApp',
    source: 'S1 §8.1 T-0; S2 §4 T-0',
  }),
  onEvent({
    ...launch,
    key: 'launch-blog',
    title: 'Blog post: launch',
    audience: 'blog',
    source: 'S1 §8.1 T-0',
  }),
  onEvent({
    ...launch,
    key: 'launch-social',
    title: 'Social media launch',
    audience: 'social',
    source: 'S1 §8.1 T-0; S2 §4 T-0',
  }),
  onEvent({
    ...launch,
    key: 'press-release',
    title: 'Press release',
    audience: 'press',
    types: MAJOR,
    source: 'S1 §8.1 T-0',
  }),
  message({
    key: 'tenant-upgrade',
    title: 'Upgrade of tenants',
    when: { goLive: 'PT0S' },
    audience: 'tenants',
    owner: 'product_owner',
    validIn: ['approved', 'rolling-out', 'live'],
    variants: { planned: 'tenant-delay', unrecorded: 'tenant-delay' },
    stakeholders: MULTI_TENANT,
    perWave: 'on-its-day',
    customerFacing: true,
    source: 'S2 front matter, multi-tenant',
  }),
];
