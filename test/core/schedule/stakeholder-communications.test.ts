import { describe, expect, it } from 'vitest';
import {
  RELEASE_TYPES,
  type ReleaseType,
  STAKEHOLDER_COMPLEXITIES,
  type StakeholderComplexity,
} from '../../../src/core/plan/planning-arguments.ts';
import { appliesTo } from '../../../src/core/schedule/applies-to.ts';
import type { DefaultCommunication } from '../../../src/core/schedule/default-communication.ts';
import { DEFAULT_COMMUNICATIONS } from '../../../src/core/schedule/default-communications.ts';
import { deriveSchedule } from '../../../src/core/schedule/derive-schedule.ts';
import { examplePlan } from '../plan/example-plan.ts';

const keysOf = (stakeholders: StakeholderComplexity, type: ReleaseType) =>
  DEFAULT_COMMUNICATIONS.filter((item) => appliesTo(item, { stakeholders, type })).map(({ key }) => key);

/** Beyond what another kind of release has. */
const beyond = (
  [stakeholders, type]: [StakeholderComplexity, ReleaseType],
  other: [StakeholderComplexity, ReleaseType],
) => {
  const known = keysOf(...other);
  return keysOf(stakeholders, type).filter((key) => !known.includes(key));
};

/** `-P7D`, `goLive -PT48H`, or the event. */
function whenOf({ when }: DefaultCommunication): string {
  if ('event' in when) return when.event;
  return 'offset' in when ? when.offset : `goLive ${when.goLive}`;
}

/** Audience, day and key of those whose source names a section. */
const from = (section: string, wanted: (item: DefaultCommunication) => boolean) =>
  DEFAULT_COMMUNICATIONS.filter((item) => item.source.includes(section) && wanted(item)).map((item) =>
    [whenOf(item), item.audience, item.key].join(' '),
  );

describe('the communications of S1 §8.1', () => {
  it('tell each team within at T-7, at T-0 and a day after', () => {
    expect(from('§8.1', ({ customerFacing }) => !customerFacing)).toEqual([
      '-P7D sales sales-briefing',
      '-P7D engineering technical-briefing',
      '-P7D product feature-review',
      '-P7D support support-briefing',
      '-P7D executives executive-assessment',
      'rollout-started support rollout-started-support',
      'rollout-completed executives success-executives',
      'rollout-completed sales success-sales',
      'rollout-started engineering rollout-started-engineering',
      'rollout-started executives rollout-started-executives',
      'P7D release release-closing',
      'P1D engineering performance-review',
      'P1D product adoption-analysis',
      'P1D support issue-summary',
      'P1D allHands success-metrics',
      'P7D product adoption-and-stories',
      'P7D support support-documentation',
    ]);
  });

  it('tell those outside ahead, on the day and at T+7: by five ways each, the press for major releases', () => {
    expect(from('§8.1', ({ customerFacing }) => customerFacing === true)).toEqual([
      '-P14D advisoryBoard advisory-board-briefing',
      '-P7D customers customer-announcement-email',
      '-P7D inApp customer-announcement-in-app',
      '-P7D blog customer-announcement-blog',
      '-P7D social customer-announcement-social',
      'rollout-completed customers launch-email',
      'rollout-completed inApp launch-in-app',
      'rollout-completed blog launch-blog',
      'rollout-completed social launch-social',
      'rollout-completed press press-release',
      'P7D customers customer-feedback',
      'P7D blog customer-stories',
      'P7D community community-engagement',
    ]);
    const press = RELEASE_TYPES.filter((type) => keysOf('customer-facing', type).includes('press-release'));
    expect(press).toEqual(['major']);
  });
});

describe('the communications of S2 §4', () => {
  it('tell customers a week before, on the day and the day after', () => {
    expect(from('S2 §4 T', () => true)).toEqual([
      '-P7D product documentation-update',
      '-P7D customerSuccess webinar-scheduling',
      '-P7D support support-briefing',
      '-P7D customers customer-announcement-email',
      'rollout-started statusPage status-page-started',
      'rollout-completed statusPage status-page-completed',
      'rollout-completed customerSuccess customer-success-outreach',
      'rollout-completed inApp launch-in-app',
      'rollout-completed social launch-social',
      'P1D helpCenter release-notes',
      'P1D customerSuccess follow-up-webinar',
      'P1D inApp feedback-in-app',
      'P7D product adoption-and-stories',
      'P7D customers customer-feedback',
    ]);
  });

  it('tell an enterprise: compliance 2 weeks, IT leadership 1 week, end users 3 days, executives 48 hours before', () => {
    expect(beyond(['enterprise', 'minor'], ['customer-facing', 'minor'])).toEqual([
      'compliance-assessment',
      'it-leadership-briefing',
      'executive-briefing',
      'end-user-guide',
      'it-leadership-report',
      'end-user-follow-up',
      'compliance-report',
      'rollback-notice-end-users',
      'rollback-notice-it-leadership',
      'cancellation-end-users',
    ]);
    expect(from('before', () => true)).toEqual([
      '-P14D compliance compliance-assessment',
      '-P7D itLeadership it-leadership-briefing',
      'goLive -PT48H executives executive-briefing',
      '-P3D endUsers end-user-guide',
    ]);
  });
});

describe('the schedule by stakeholders and type', () => {
  it('has all that customers get also for an enterprise and several tenants', () => {
    for (const type of RELEASE_TYPES) {
      for (const stakeholders of ['enterprise', 'multi-tenant'] as const) {
        expect(beyond(['customer-facing', type], [stakeholders, type]), stakeholders).toEqual([]);
      }
    }
    expect(beyond(['multi-tenant', 'minor'], ['customer-facing', 'minor'])).toEqual([
      'tenant-notice',
      'tenant-upgrade',
      'tenant-rollback',
      'tenant-cancellation',
    ]);
  });

  it('asks for the draft of an announcement in one way, and briefs support once', () => {
    for (const stakeholders of STAKEHOLDER_COMPLEXITIES) {
      const keys = keysOf(stakeholders, 'minor');
      const count = (...names: string[]) => names.filter((name) => keys.includes(name)).length;
      expect(count('customer-communication-draft', 'customer-draft'), stakeholders).toBe(1);
      expect(count('customer-announcement', 'support-briefing'), stakeholders).toBe(1);
    }
  });

  it('has nothing before T-1 for a hotfix, and a campaign only where S2 prepares communication', () => {
    for (const stakeholders of STAKEHOLDER_COMPLEXITIES) {
      const plan = examplePlan({ type: 'hotfix', stakeholders });
      const early = deriveSchedule(plan).filter(
        ({ label, kind }) => kind !== 'poll' && /^T-([2-9]|1\d)/.test(label),
      );
      expect(
        early.map(({ key }) => key),
        stakeholders,
      ).toEqual([]);
    }
    const campaign = (type: ReleaseType) =>
      keysOf('customer-facing', type).filter((key) =>
        /^(customer-announcement|launch)-[a-z-]+(?<!correction)$/.test(key),
      );
    expect(RELEASE_TYPES.map((type) => [type, campaign(type).length])).toEqual([
      ['major', 8],
      ['minor', 8],
      ['patch', 0],
      ['hotfix', 0],
      ['feature-flag', 0],
    ]);
  });

  it('keeps what an internal release had', () => {
    expect(deriveSchedule(examplePlan())).toHaveLength(27);
    expect(
      DEFAULT_COMMUNICATIONS.filter(({ customerFacing }) => customerFacing).every(
        ({ stakeholders }) => stakeholders !== undefined && !stakeholders.includes('internal-only'),
      ),
    ).toBe(true);
  });

  it('has each key once, and corrects only what there is', () => {
    const keys = DEFAULT_COMMUNICATIONS.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { corrects, key, stakeholders, types, perWave } of DEFAULT_COMMUNICATIONS) {
      if (corrects === undefined) continue;
      const corrected = DEFAULT_COMMUNICATIONS.find((one) => one.key === corrects);
      expect(corrected, key).toMatchObject({ ...(perWave && { perWave }) });
      for (const complexity of stakeholders ?? []) {
        for (const type of types ?? RELEASE_TYPES) {
          const plan = { stakeholders: complexity, type };
          expect(corrected && appliesTo(corrected, plan), `${key} for ${complexity} ${type}`).toBe(true);
        }
      }
    }
  });
});

describe('the notice for customers', () => {
  const days = (customerNotice?: string) => {
    const plan = examplePlan({ stakeholders: 'multi-tenant', ...(customerNotice && { customerNotice }) });
    const wanted = ['customer-draft', 'support-briefing', 'customer-announcement-email', 'tenant-notice-1'];
    return deriveSchedule(plan).flatMap(({ key, label }) =>
      wanted.includes(key) ? [`${key} ${label}`] : [],
    );
  };

  it('comes at T-7 with its draft a week before, or both earlier', () => {
    expect(days()).toEqual([
      'customer-draft T-14',
      'support-briefing T-7',
      'customer-announcement-email T-7',
      'tenant-notice-1 T-7',
    ]);
    expect(days('P2W')).toEqual([
      'customer-draft T-21',
      'support-briefing T-14',
      'customer-announcement-email T-14',
      'tenant-notice-1 T-14',
    ]);
  });

  it('leaves alone what does not move with it', () => {
    const plan = examplePlan({ stakeholders: 'customer-facing', customerNotice: 'P14D' });
    const found = deriveSchedule(plan).find(({ key }) => key === 'advisory-board-briefing');
    expect(found?.label).toBe('T-14');
  });
});

describe('waves of tenants', () => {
  const tenants = [
    { name: 'Acme', channels: 'mail:it@acme.example', wave: 2 },
    { name: 'Globex', channels: ['mail:it@globex.example', '#globex'] },
    { name: 'Initech', channels: 'mail:it@initech.example', wave: 2 },
  ];
  const planned = (changes: object) => {
    const plan = examplePlan({ stakeholders: 'multi-tenant', tenants, ...changes });
    return deriveSchedule(plan).filter(({ audience }) => audience === 'tenants');
  };

  it('are told apart, each at its destinations and on its day', () => {
    const items = planned({ waves: ['P0D', 'P1W'] });
    expect(items.map(({ key, label, addresses }) => [key, label, addresses])).toEqual([
      ['tenant-notice-1', 'T-7', ['mail:it@globex.example', '#globex']],
      ['tenant-notice-2', 'T-7', ['mail:it@acme.example', 'mail:it@initech.example']],
      ['tenant-upgrade-1', 'T-0', ['mail:it@globex.example', '#globex']],
      ['tenant-upgrade-2', 'T+7', ['mail:it@acme.example', 'mail:it@initech.example']],
      ['tenant-rollback-1', '', ['mail:it@globex.example', '#globex']],
      ['tenant-rollback-2', '', ['mail:it@acme.example', 'mail:it@initech.example']],
      ['tenant-cancellation-1', '', ['mail:it@globex.example', '#globex']],
      ['tenant-cancellation-2', '', ['mail:it@acme.example', 'mail:it@initech.example']],
    ]);
    const [first, second] = items.filter(({ key }) => key.startsWith('tenant-upgrade'));
    expect(second?.wave).toEqual({ number: 2, at: second?.dueAt });
    expect(first?.wave?.at).toBe(first?.dueAt);
    expect(items.find(({ key }) => key === 'tenant-rollback-2')?.corrects).toBe('tenant-notice-2');
  });

  it('come one a day unless the plan says when', () => {
    const upgrades = planned({}).filter(({ key }) => key.startsWith('tenant-upgrade'));
    expect(upgrades.map(({ label, title }) => [label, title])).toEqual([
      ['T-0', 'Upgrade of tenants, wave 1'],
      ['T+1', 'Upgrade of tenants, wave 2'],
    ]);
  });
});
