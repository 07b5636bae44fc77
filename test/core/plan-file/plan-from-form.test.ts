import { describe, expect, it } from 'vitest';
import { type PlanForm, planFromForm } from '../../../src/core/plan-file/plan-from-form.ts';
import { examplePlan } from '../plan/example-plan.ts';

const { roles } = examplePlan();
const form: PlanForm = {
  key: ' web-2.4.0 ',
  product: 'Web shop',
  version: '2.4.0',
  type: 'minor',
  summary: 'Checkout takes two steps instead of four.',
  date: '2030-06-18',
  time: '10:00',
  zone: 'Europe/Amsterdam',
  roles,
};

function problemsOf(changes: Partial<PlanForm>, now?: number) {
  const reading = planFromForm({ ...form, ...changes }, now === undefined ? {} : { now });
  if (reading.ok) throw new Error('expected problems');
  return Object.fromEntries(reading.problems.map(({ field, message }) => [field, message]));
}

describe('planFromForm', () => {
  it('makes the same plan as the YAML with its defaults, spaces trimmed', () => {
    expect(planFromForm(form)).toEqual({ ok: true, plan: examplePlan({ rollout: {} }), warnings: [] });
  });

  it('takes the channels that were typed, and the default ones where none were', () => {
    const channels = { support: ' #a, #B #a ', product: ' ' };
    const defaultChannels = { support: ['#never'], product: ['#made', '#by-us'] };
    const read = planFromForm({ ...form, channels }, { defaultChannels });
    expect(read).toMatchObject({
      plan: { channels: { support: ['#a', '#b'], product: ['#made', '#by-us'], qa: ['#qa'] } },
    });
    const elsewhere = { qa: '#a teams:Web Platform/qa lab, slack:#b' };
    expect(planFromForm({ ...form, channels: elsewhere })).toMatchObject({
      plan: { channels: { qa: ['#a', 'teams:Web Platform/qa lab', 'slack:#b'] } },
    });
    expect(problemsOf({ channels: { support: 'no channel' } })).toEqual({
      'channels.support': expect.stringContaining('Please enter a channel such as "#release-deployment"'),
    });
  });

  it.each([
    ['Web shop', '2.4.0', 'web-shop-2.4.0'],
    ['Ledger', '', 'ledger-1.0.0'],
    ['Ledger', '4.12.0 (8123)', 'ledger-4.12.0-8123'],
    ['リリース', '2.4.0', 'product-1.0.0'],
    ['', '2.4.0', 'product-1.0.0'],
    ['.'.repeat(100_000), '2.4.0', 'product-1.0.0'],
  ])('gives an example of a key that is of this very release: of %s %s', (product, version, example) => {
    for (const key of ['', 'Web']) {
      expect(problemsOf({ key, product, version }).key).toContain(
        `Please enter a release key such as ${example}:`,
      );
    }
  });

  it('tells each problem at its field', () => {
    const { qa_lead: _, ...others } = roles;
    const problems = problemsOf({
      key: 'Web 2.4',
      product: '',
      type: 'mega',
      date: '2030-02-30',
      zone: 'Amsterdam',
      roles: { ...others, devops_lead: { name: '', email: 'dana' } },
    });
    expect(problems).toEqual({
      key: 'This is "Web 2.4". Please enter a release key such as product-1.0.0: lower case, a product and a version joined by a dash.',
      product: 'Please enter the name of the product.',
      type: 'This is "mega". Please enter a release type: major, minor, patch, hotfix, feature-flag.',
      date: 'This is 2030-02-30, a day that is not in the calendar. Please enter a date that exists.',
      zone: 'This is "Amsterdam", which is not a time zone. Please enter an IANA time zone such as Europe/Amsterdam or UTC.',
      'roles.qa_lead': 'Please pick a person.',
      'roles.devops_lead':
        'Name is missing. Please enter a name. Email is "dana". Please enter an e-mail address such as rita@example.com.',
    });
  });

  it('takes a version in quotes, and names another fault without speaking of them', () => {
    expect(planFromForm({ ...form, version: '"2.4.0"' })).toEqual({
      ok: true,
      plan: examplePlan({ rollout: {} }),
      warnings: [],
    });
    expect(problemsOf({ version: '2\n4' }).version).toBe(
      'This is "2\n4". Please enter a version such as 2.4.0.',
    );
  });

  it('refuses what is blank, also where its characters count as letters', () => {
    for (const blank of ['   ', '\u00a0', '\u200b\u2060', '\u3164', '\u2800 \u115f']) {
      expect(
        problemsOf({ roles: { ...roles, qa_lead: { name: `${blank}\u200b`, email: 'q@example.com' } } }),
      ).toEqual({
        'roles.qa_lead': 'Name is blank. Please enter a name.',
      });
    }
  });

  it('says of a picked account without an e-mail address that it has none', () => {
    const picked = { ...roles, qa_lead: { name: 'Release bot', email: '' } };
    expect(problemsOf({ roles: picked })['roles.qa_lead']).toBe(
      'This account has no e-mail address. Pick a person who has one.',
    );
  });

  it('tells a go-live that has passed at the date', () => {
    expect(problemsOf({}, Date.UTC(2031, 0, 1)).date).toMatch(/^This is Tue 18 Jun 2030.*which has passed/);
  });
});
