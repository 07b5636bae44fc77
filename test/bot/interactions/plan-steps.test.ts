import { describe, expect, it } from 'vitest';
import { channelsStep } from '../../../src/bot/interactions/plan-steps/channels-step.ts';
import { planSteps } from '../../../src/bot/interactions/plan-steps/plan-steps.ts';
import { stepForm } from '../../../src/bot/interactions/plan-steps/step-form.ts';
import { renderForm } from '../../../src/bot/slack/render/form.ts';
import { ROLE_NAMES } from '../../../src/core/plan/roles.ts';
import { planFromForm } from '../../../src/core/plan-file/plan-from-form.ts';
import type { Ctx } from '../../../src/services/kernel/context.ts';
import { PlatformUnavailableError } from '../../../src/services/ports/directory.ts';
import { checkView } from '../slack/render/check-limits.ts';

/** Only what the forms read; by default a person whose account proposes nothing. */
const ctxWith = (more: object) =>
  ({
    clock: { now: () => Date.parse('2030-06-03T08:00:00Z') },
    actor: { kind: 'operator', name: 'test' },
    defaultZone: 'Europe/Amsterdam',
    defaultChannels: {},
    adapters: { drivers: [], metrics: [] },
    ...more,
  }) as unknown as Ctx;
const ctx = ctxWith({});

const release = { ctx, id: '00000000-0000-4000-8000-000000000001', values: {}, last: null, product: null };
const atTeams = (addressOf: (name: string) => Promise<string | null>) => {
  const actor = { kind: 'person', identity: { platform: 'teams', id: 'dana' } };
  return { ...release, ctx: ctxWith({ actor, directories: new Map([['teams', { addressOf }]]) }) };
};

const long = 'ü'.repeat(5_000);

describe('the steps that plan a release', () => {
  it('have a name of their own each', () => {
    expect(new Set(planSteps.map(({ name }) => name)).size).toBe(planSteps.length);
  });

  it('ask for everything that a plan needs, each thing once', () => {
    const fields = planSteps.flatMap((step): readonly string[] => step.fields);
    expect(new Set(fields).size).toBe(fields.length);
    const nothing = {
      key: '',
      product: '',
      version: '',
      type: '',
      summary: '',
      date: '',
      time: '',
      zone: '',
    };
    const read = planFromForm({ ...nothing, roles: {} });
    const needed = read.ok ? [] : read.problems.map(({ field }) => field);
    expect(needed.length).toBeGreaterThan(10);
    expect(fields).toEqual(expect.arrayContaining(needed));
    expect(fields).toEqual(expect.arrayContaining(ROLE_NAMES.map((role) => `roles.${role}`)));
  });

  it.each(planSteps)('show in $name the fields that they name, within what Slack takes', async (step) => {
    const names = step.fields as readonly string[];
    for (const typed of ['x', long]) {
      const filledIn = Object.fromEntries(names.map((name) => [name, typed]));
      // Where it concerns most, there are most destinations to ask for.
      const values = { stakeholders: 'enterprise', type: 'major', ...filledIn };
      const draft = { ctx, id: '00000000-0000-4000-8000-000000000001', values, last: null, product: null };
      const form = await stepForm(draft, step, [long]);
      const shown = form.body.flatMap((element) => (element.type === 'input' ? [element.name] : []));
      expect(shown.sort()).toEqual([...names].sort());
      expect(checkView(renderForm(form))).toEqual([]);
    }
  });

  it('ask for destinations of those only whom the release concerns', async () => {
    const step = planSteps.find(({ name }) => name === 'channels');
    const asked = async (stakeholders: string, type: string) => {
      const values = { stakeholders, type };
      const draft = { ctx, id: '00000000-0000-4000-8000-000000000001', values, last: null, product: null };
      const form = await stepForm(draft, step ?? planSteps[0], []);
      return form.body.flatMap((element) => (element.type === 'input' ? [element.name] : []));
    };
    expect(await asked('internal-only', 'major')).toHaveLength(8);
    const customerFacing = await asked('customer-facing', 'minor');
    expect(customerFacing).toEqual(expect.arrayContaining(['channels.customers', 'channels.statusPage']));
    expect(customerFacing).not.toEqual(expect.arrayContaining(['channels.press']));
    expect(customerFacing).not.toEqual(expect.arrayContaining(['channels.compliance']));
  });
});

describe('the channels that are proposed', () => {
  const proposed = async (draft: typeof release) => {
    const body = await channelsStep.body(draft);
    return body.flatMap((element) => (element.type === 'input' ? [element.initial] : [])).slice(0, 2);
  };

  it('are those of the platform on which the form is filled in, and the default ones where it has none', async () => {
    const draft = atTeams(async (name) =>
      name === '#release-deployment' ? 'teams:Web/release-deployment' : null,
    );
    expect(await proposed(draft)).toEqual(['teams:Web/release-deployment', '#engineering']);
    expect((await proposed(release))[0]).toBe('#release-deployment');
  });

  it('are the default ones while the platform can not say', async () => {
    const draft = atTeams(() => Promise.reject(new PlatformUnavailableError('Wait.', 'HTTP 429')));
    expect((await proposed(draft))[0]).toBe('#release-deployment');
  });

  it('are those that somebody has configured, before any', async () => {
    const draft = atTeams(async () => 'teams:Web/release-deployment');
    const configured = { ...draft, ctx: { ...draft.ctx, defaultChannels: { release: ['#ours'] } } };
    expect((await proposed(configured))[0]).toBe('#ours');
  });
});
