import { describe, expect, it } from 'vitest';
import { planWarnings } from '../../../src/core/plan-file/plan-warnings.ts';
import { previewPlan } from '../../../src/core/plan-file/preview-plan.ts';
import { deriveSchedule } from '../../../src/core/schedule/derive-schedule.ts';
import { describeNowhere, describePlaces } from '../../../src/core/schedule/nowhere.ts';
import { examplePlan } from '../plan/example-plan.ts';

const outside = {
  inApp: 'site:app',
  helpCenter: 'site:help',
  blog: 'site:blog',
  social: 'site:social',
  community: 'site:community',
  advisoryBoard: 'mail:board',
  statusPage: 'status:web',
  customerSuccess: '#success',
} as const;

describe('what has no destination', () => {
  it('is said of a plan, by audience and with the field to add, and never for an internal release', () => {
    expect(describeNowhere(deriveSchedule(examplePlan()))).toEqual([]);
    const plan = examplePlan({ stakeholders: 'customer-facing', channels: outside });
    const said = describeNowhere(deriveSchedule(plan));
    expect(said).toEqual([
      'Customer announcement, Delay notice for customers and 5 more go nowhere: no destination for customers. Add channels.customers.',
    ]);
    expect(planWarnings(plan)).toContainEqual({ path: ['channels'], message: said[0] });
    const adapters = { drivers: ['demo'], metrics: ['demo'] };
    expect(previewPlan(plan, { now: 0, adapters }).warnings).toContain(said[0]);
  });

  it('names a single message in the singular', () => {
    const schedule = deriveSchedule(examplePlan({ stakeholders: 'customer-facing', type: 'minor' }));
    const community = schedule.filter(({ audience }) => audience === 'community');
    expect(describeNowhere(community)).toEqual([
      'Community forum goes nowhere: no destination for the community. Add channels.community.',
    ]);
  });

  it('names the tenants of a plan that has none', () => {
    const plan = examplePlan({
      stakeholders: 'multi-tenant',
      channels: { ...outside, customers: 'mail:all' },
    });
    expect(describeNowhere(deriveSchedule(plan))).toEqual([
      'Notice to tenants, wave 1, Upgrade of tenants, wave 1 and 2 more go nowhere: no destination for tenants. Add tenants.',
    ]);
  });

  it('is said where the item is shown', () => {
    const plan = examplePlan({ stakeholders: 'customer-facing', channels: outside });
    const places = deriveSchedule(plan).map((item) => `${item.key}: ${describePlaces(item)}`);
    expect(places).toContain('launch-email: nowhere (no destination for customers. Add channels.customers)');
    expect(places).toContain('launch-blog: site:blog');
  });

  it('stays readable in a plan that was stored before there were such audiences', () => {
    const { channels, customerNotice: _notice, ...stored } = examplePlan({ stakeholders: 'enterprise' });
    const { release, engineering, support, product, sales, executives, qa, allHands } = channels;
    const team = { release, engineering, support, product, sales, executives, qa, allHands };
    expect(deriveSchedule({ ...stored, channels: team }).length).toBeGreaterThan(60);
  });
});

describe('a change to what a release does not have', () => {
  it('is warned of, since it does nothing', () => {
    const communications = { change: { 'launch-email': { title: 'Here it is' } }, drop: ['tenant-notice'] };
    const messages = planWarnings(examplePlan({ communications })).map(({ message }) => message);
    expect(messages).toEqual([
      'A minor release with stakeholders internal-only has no launch-email, so this changes nothing.',
      'A minor release with stakeholders internal-only has no tenant-notice, so this changes nothing.',
    ]);
    const enterprise = examplePlan({
      stakeholders: 'enterprise',
      communications: { drop: ['launch-email'] },
    });
    expect(planWarnings(enterprise).filter(({ path }) => path[0] === 'communications')).toEqual([]);
  });
});
