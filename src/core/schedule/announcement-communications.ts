import { ENTERPRISE, MULTI_TENANT, NOT_HOTFIX, WITH_CAMPAIGN, WITH_CUSTOMERS } from './applies-to.ts';
import { type DefaultCommunication, message } from './default-communication.ts';

/** The default notice: all customers hear at once, half an hour after support was briefed. */
const notice = { offset: '-P7D', time: '15:00' };

const campaign = {
  when: notice,
  owner: 'product_owner',
  stakeholders: WITH_CUSTOMERS,
  types: WITH_CAMPAIGN,
  movesWithNotice: true,
  customerFacing: true,
} as const;

/** What those outside hear before go-live. S1 §8.1 has it at T-14, S1 §3.3 and S2 §4 at T-7, which holds. */
export const ANNOUNCEMENT_COMMUNICATIONS: readonly DefaultCommunication[] = [
  message({
    key: 'advisory-board-briefing',
    title: 'Customer advisory board briefing',
    when: { offset: '-P14D', time: '10:30' },
    audience: 'advisoryBoard',
    owner: 'product_owner',
    stakeholders: WITH_CUSTOMERS,
    types: WITH_CAMPAIGN,
    customerFacing: true,
    source: 'S1 §8.1 T-14',
  }),
  message({
    ...campaign,
    key: 'customer-announcement-email',
    title: 'Customer announcement',
    audience: 'customers',
    source: 'S1 §3.3 T-7, §8.1; S2 §4 T-7',
  }),
  message({
    ...campaign,
    key: 'customer-announcement-in-app',
    title: 'In-app announcement',
    audience: 'inApp',
    source: 'S1 §3.3 T-7, §8.1',
  }),
  message({
    ...campaign,
    key: 'customer-announcement-blog',
    title: 'Blog post: announcement',
    audience: 'blog',
    source: 'S1 §3.3 T-7, §8.1',
  }),
  message({
    ...campaign,
    key: 'customer-announcement-social',
    title: 'Social media teaser',
    audience: 'social',
    source: 'S1 §3.3 T-7, §8.1',
  }),
  message({
    key: 'status-page-scheduled',
    title: 'Status page: planned maintenance',
    when: notice,
    audience: 'statusPage',
    owner: 'devops_lead',
    stakeholders: WITH_CUSTOMERS,
    types: NOT_HOTFIX,
    movesWithNotice: true,
    customerFacing: true,
    source: 'S2 §1 maintenance window, §4',
  }),
  message({
    key: 'tenant-notice',
    title: 'Notice to tenants',
    when: notice,
    audience: 'tenants',
    owner: 'product_owner',
    stakeholders: MULTI_TENANT,
    types: NOT_HOTFIX,
    movesWithNotice: true,
    perWave: 'as-said',
    customerFacing: true,
    source: 'S2 front matter, multi-tenant',
  }),
  message({
    key: 'end-user-guide',
    title: 'Guide for end users',
    when: { offset: '-P3D', time: '10:00' },
    audience: 'endUsers',
    owner: 'product_owner',
    stakeholders: ENTERPRISE,
    types: NOT_HOTFIX,
    customerFacing: true,
    source: 'S2 §4 3 days before',
  }),
];
