import { describe, expect, it } from 'vitest';
import type { PlanInput } from '../../../src/core/plan/plan.ts';
import { deriveSchedule, instantOf, type ScheduleItem } from '../../../src/core/schedule/derive-schedule.ts';
import { examplePlan } from '../plan/example-plan.ts';

const lines = (changes: Partial<PlanInput> = {}) =>
  deriveSchedule(examplePlan(changes)).map(
    (item) =>
      `${item.label} ${item.localTime.replace(' (Europe/Amsterdam)', '')} ${item.addresses} ${item.key}`,
  );

function itemOf(key: string, changes: Partial<PlanInput> = {}): ScheduleItem {
  const item = deriveSchedule(examplePlan(changes)).find((candidate) => candidate.key === key);
  if (item === undefined) throw new Error(`there is no ${key}`);
  return item;
}

describe('deriveSchedule', () => {
  it('lays out the whole default schedule in order', () => {
    expect(lines()).toEqual([
      'T-14 Tue 4 Jun 2030, 10:00 #release-deployment readiness-review',
      'T-14 Tue 4 Jun 2030, 11:00 #executives stakeholder-notification',
      'T-14 Tue 4 Jun 2030, 14:00 #product customer-communication-draft',
      'T-7 Tue 11 Jun 2030, 10:00 #qa final-testing-status',
      'T-7 Tue 11 Jun 2030, 14:00 #release-deployment go-no-go-readiness',
      'T-7 Tue 11 Jun 2030, 15:00 #support customer-announcement',
      'T-7 Tue 11 Jun 2030, 15:30 #sales sales-briefing',
      'T-1 Mon 17 Jun 2030, 10:00 #release-deployment final-deployment-checklist',
      'T-1 Mon 17 Jun 2030, 11:00 #release-deployment emergency-contacts',
      'T-1 Mon 17 Jun 2030, 14:00 #release-deployment go-no-go-decision',
      'T-1 Mon 17 Jun 2030, 15:00 #engineering on-call-briefing',
      'T-0 Tue 18 Jun 2030, 10:00 #release-deployment deployment-kickoff',
      'T-0 Tue 18 Jun 2030, 10:00 #release-deployment live-status',
      'T-0 when the first traffic is on the new version #support rollout-started-support',
      'T+1 Wed 19 Jun 2030, 10:00 #release-deployment post-release-review',
      'T+1 Wed 19 Jun 2030, 11:00 #executives metrics-analysis',
      'T+1 Wed 19 Jun 2030, 14:00 #engineering lessons-learned',
      // By the default soaks the rollout takes 24 + 48 + 72 hours: its success comes after T+1.
      'T-0 when the rollout has reached 100 % #executives success-executives',
      'T-0 when the rollout has reached 100 % #sales success-sales',
      'T-0 when the rollout has reached 100 % #all-hands success-confirmation',
      'T+7 Tue 25 Jun 2030, 10:00 #release-deployment release-closing',
      ' if the release is rolled back #support rollback-notice-support',
      ' if the release is rolled back #executives rollback-notice-executives',
      ' if the release is rolled back #sales rollback-notice-sales',
      ' if less than all traffic is recorded after that #executives success-executives-correction',
      ' if less than all traffic is recorded after that #sales success-sales-correction',
      ' if the release is rolled back #all-hands success-correction',
    ]);
  });

  it('gives instants: T-14 at 10:00 in Amsterdam in June is 08:00 UTC', () => {
    expect(itemOf('readiness-review').dueAt).toBe(Date.UTC(2030, 5, 4, 8));
    expect(itemOf('deployment-kickoff').dueAt).toBe(Date.UTC(2030, 5, 18, 8));
  });

  it('keeps the time of day when a clock change lies between', () => {
    const goLive = { date: '2030-04-02', time: '10:00', zone: 'Europe/Amsterdam' };
    expect(itemOf('final-testing-status', { goLive }).dueAt).toBe(Date.UTC(2030, 2, 26, 9));
    expect(itemOf('final-deployment-checklist', { goLive }).dueAt).toBe(Date.UTC(2030, 3, 1, 8));
  });

  it('opens and closes polls as the plan says', () => {
    expect(itemOf('go-no-go-decision')).toMatchObject({
      kind: 'poll',
      dueAt: Date.UTC(2030, 5, 17, 12),
      poll: { key: 'decision', kind: 'decision', closesAt: Date.UTC(2030, 5, 18, 6) },
    });
    expect(itemOf('go-no-go-readiness')).toMatchObject({ poll: { closesAt: Date.UTC(2030, 5, 12, 12) } });
  });

  it('expects the success when every soak has passed at once', () => {
    const success = itemOf('success-confirmation');
    expect(success).toMatchObject({ kind: 'event', dueAt: null, event: 'rollout-completed' });
    expect(instantOf(success)).toBe(Date.UTC(2030, 5, 18, 8) + 144 * 3_600_000);
  });

  it('expects no rollback', () => {
    const notice = itemOf('rollback-notice-support');
    expect(notice).toMatchObject({ kind: 'event', dueAt: null, event: 'rolled-back', expectedAt: null });
    expect(instantOf(notice)).toBe(Number.POSITIVE_INFINITY);
  });

  it('sends a correction to where the message went that it corrects, unless the plan says otherwise', () => {
    const channelWith = (change: NonNullable<PlanInput['communications']>['change']) =>
      String(itemOf('success-correction', { communications: { change } }).addresses);
    expect(channelWith({ 'success-confirmation': { channel: '#news' } })).toBe('#news');
    expect(channelWith({ 'success-confirmation': { audience: 'sales' } })).toBe('#sales');
    expect(
      channelWith({
        'success-confirmation': { channel: '#news' },
        'success-correction': { channel: 'support' },
      }),
    ).toBe('#support');
  });

  it('gives an item every address of its audience, in their order', () => {
    const channels: PlanInput['channels'] = { release: ['#b', '#a', '#b'], support: '#help' };
    const of = (key: string) => itemOf(key, { channels }).addresses;
    expect(of('readiness-review')).toEqual(['#b', '#a']);
    expect(of('go-no-go-decision')).toEqual(['#b', '#a']);
    const change = { 'success-confirmation': { channel: 'release' } };
    expect(itemOf('success-confirmation', { channels, communications: { change } }).addresses).toEqual([
      '#b',
      '#a',
    ]);
    expect(of('rollback-notice-support')).toEqual(['#help']);
  });

  it('changes, drops and adds as the plan says', () => {
    const communications: PlanInput['communications'] = {
      change: {
        'on-call-briefing': {
          channel: '#on-call',
          time: '16:30',
          template: 'my-briefing',
          title: 'Briefing',
        },
        'deployment-kickoff': { goLive: '-PT15M', audience: 'engineering' },
        'metrics-analysis': { channel: 'product' },
        'release-closing': { offset: 'P2W' },
      },
      drop: ['customer-announcement'],
      add: [
        {
          key: 'survey',
          title: 'Survey',
          offset: 'P3D',
          time: '09:00',
          audience: 'sales',
          template: 'survey',
        },
        {
          key: 'lock',
          title: 'Lock',
          goLive: '-PT1H',
          audience: 'qa',
          template: 'lock',
          validIn: ['approved'],
        },
      ],
    };
    const item = (key: string) => itemOf(key, { communications });
    expect(item('on-call-briefing')).toMatchObject({
      addresses: ['#on-call'],
      audience: 'engineering',
      template: 'my-briefing',
      title: 'Briefing',
      origin: 'changed',
      dueAt: Date.UTC(2030, 5, 17, 14, 30),
    });
    expect(item('deployment-kickoff')).toMatchObject({
      addresses: ['#engineering'],
      dueAt: Date.UTC(2030, 5, 18, 7, 45),
    });
    expect(item('metrics-analysis')).toMatchObject({ addresses: ['#product'], audience: 'executives' });
    expect(item('release-closing')).toMatchObject({
      label: 'T+14',
      localTime: 'Tue 2 Jul 2030, 10:00 (Europe/Amsterdam)',
    });
    expect(item('survey')).toMatchObject({
      addresses: ['#sales'],
      origin: 'added',
      label: 'T+3',
      validIn: ['rolling-out', 'live'],
    });
    expect(item('lock')).toMatchObject({
      label: 'T-0',
      validIn: ['approved'],
      dueAt: Date.UTC(2030, 5, 18, 7),
    });
    expect(lines({ communications }).join()).not.toContain('customer-announcement');
  });
});
