import { describe, expect, it } from 'vitest';
import { loadTemplates } from '../../../src/config/load-templates.ts';
import type { Card, Inline } from '../../../src/core/card/card.ts';
import { ROLE_NAMES, type RoleName } from '../../../src/core/plan/roles.ts';
import { messageFacts } from '../../../src/core/template/message-facts.ts';
import { previewMessages } from '../../../src/core/template/preview-messages.ts';
import type { ReleaseFacts } from '../../../src/core/template/release-facts.ts';
import { renderTemplate } from '../../../src/core/template/render-template.ts';
import { examplePlan } from '../plan/example-plan.ts';

const templates = loadTemplates();
const person = (name: string) => ({ name, email: `${name.toLowerCase()}@example.com` });
const plan = examplePlan({
  roles: { ...examplePlan().roles, support_lead: person('Tom'), business_sponsor: person('Bo') },
});
const answering = Object.fromEntries(
  ROLE_NAMES.map((role) => [role, { name: role, identities: [{ platform: 'slack', id: role }] }]),
);

function inlinesIn({ blocks }: Card): Inline[] {
  return blocks.flatMap((block) => {
    if (block.type === 'list') return block.items.flat();
    return 'content' in block ? block.content : [];
  });
}

/** The roles that a message notifies, in its order, each as often as it does. */
function notified(template: string, facts: ReleaseFacts, roles: ReleaseFacts['answering'] = answering) {
  const found = templates.get(template);
  if (!found) throw new Error(`there is no template ${template}`);
  const card = renderTemplate(found, messageFacts(plan, { ...facts, answering: roles }));
  return inlinesIn(card).flatMap((inline) =>
    inline.type === 'person' && inline.mention ? inline.identities.map(({ id }) => id) : [],
  );
}

const everyone: readonly RoleName[] = ROLE_NAMES;

/** Whom a message notifies: those who have to act on it. What is not listed notifies nobody. */
const HAVE_TO_ACT: Record<string, readonly RoleName[]> = {
  'readiness-review': [
    'release_manager',
    'engineering_lead',
    'qa_lead',
    'devops_lead',
    'security_lead',
    'product_owner',
  ],
  'customer-communication-draft': ['product_owner', 'support_lead'],
  'final-testing-status': ['qa_lead'],
  'customer-announcement': ['product_owner', 'support_lead'],
  'final-deployment-checklist': ['devops_lead'],
  'emergency-contacts': everyone,
  'deployment-kickoff': ['devops_lead'],
  'rollout-started-support': ['support_lead'],
  'post-release-review-rolling-out': ['devops_lead', 'qa_lead', 'release_manager'],
  'lessons-learned': ['engineering_lead'],
  'release-closing': ['product_owner', 'qa_lead', 'engineering_lead', 'release_manager', 'support_lead'],
};

/** Of what goes out when things go otherwise, in a release that tminus deploys. */
const HAVE_TO_ACT_THEN: Record<string, readonly RoleName[]> = {
  'deployment-kickoff-not-approved': ['release_manager'],
  'deployment-kickoff-unrecorded': ['release_manager'],
  'post-release-review': ['devops_lead', 'qa_lead', 'security_lead', 'product_owner', 'support_lead'],
  'post-release-review-not-started': ['release_manager'],
  'post-release-review-unrecorded': ['release_manager'],
  'post-release-review-rolled-back': ['release_manager', 'devops_lead', 'engineering_lead', 'product_owner'],
  'lessons-learned-rolled-back': ['engineering_lead'],
  'release-closing-not-started': ['release_manager'],
  'release-closing-unrecorded': ['release_manager'],
  'release-closing-rolling-out': ['release_manager'],
  'release-closing-rolled-back': ['engineering_lead', 'product_owner', 'release_manager'],
  // Where customers are concerned, or an enterprise.
  'compliance-assessment': ['security_lead'],
  'customer-draft': ['product_owner', 'support_lead'],
  'technical-briefing': ['engineering_lead'],
  'it-leadership-briefing': ['devops_lead'],
  'documentation-update': ['product_owner'],
  'webinar-scheduling': ['product_owner'],
  'feature-review': ['product_owner'],
  'support-briefing': ['support_lead'],
  'rollout-started-engineering': ['engineering_lead'],
  'performance-review': ['devops_lead'],
  'adoption-analysis': ['product_owner'],
  'issue-summary': ['support_lead'],
  'follow-up-webinar': ['product_owner'],
  'it-leadership-report': ['devops_lead'],
  'success-metrics': ['release_manager'],
  'compliance-report': ['security_lead'],
  'adoption-and-stories': ['product_owner'],
  'support-documentation': ['support_lead'],
};

const now = Date.UTC(2030, 5, 19, 8);

describe('whom a message notifies', () => {
  const shown = previewMessages(plan, templates).flatMap(({ template, facts }) =>
    template === null ? [] : [{ template, facts }],
  );

  it.each(shown)('by the default schedule: $template', ({ template, facts }) => {
    expect(notified(template, facts)).toEqual(HAVE_TO_ACT[template] ?? []);
  });

  const others = [...templates.keys()].filter((name) => !shown.some(({ template }) => template === name));

  it.each(others)('when things go otherwise: %s', (template) => {
    const trafficPercent = template.endsWith('rolling-out') || template.endsWith('begun') ? 10 : 0;
    const facts: ReleaseFacts = { state: 'in_planning', trafficPercent, now };
    expect(notified(template, facts)).toEqual(HAVE_TO_ACT_THEN[template] ?? []);
  });

  it('is whoever has several roles, once', () => {
    const rita = { name: 'Rita', identities: [{ platform: 'slack', id: 'U0RITA' }] };
    const alone = Object.fromEntries(ROLE_NAMES.map((role) => [role, rita]));
    for (const name of templates.keys()) {
      const facts: ReleaseFacts = { state: 'in_progress', trafficPercent: 10, now };
      expect(notified(name, facts, alone).length, name).toBeLessThanOrEqual(1);
    }
    expect(notified('emergency-contacts', { state: 'approved', trafficPercent: null, now }, alone)).toEqual([
      'U0RITA',
    ]);
  });
});

it('a channel is linked where it is known, and named as the plan writes it where it is not', () => {
  const found = templates.get('success-correction');
  if (!found) throw new Error('there is no such template');
  const facts: ReleaseFacts = { state: 'rolled_back', trafficPercent: 0, now };
  const destination = { channel: 'slack', kind: 'channel' as const, id: 'C0RELEASE' };
  const destinations = new Map([['#release-deployment', destination]]);
  const place = { type: 'place', name: '#release-deployment' };
  expect(inlinesIn(renderTemplate(found, messageFacts(plan, { ...facts, destinations })))).toContainEqual({
    ...place,
    destination,
  });
  expect(inlinesIn(renderTemplate(found, messageFacts(plan, facts)))).toContainEqual({
    ...place,
    destination: null,
  });
});

it('executives and support hear after a rollback how far it had come, how long, and when they hear more', () => {
  const facts: ReleaseFacts = {
    state: 'rolled_back',
    trafficPercent: 0,
    exposure: { peakPercent: 10, isUpperBound: false, spanMs: 61 * 60_000 },
    now: Date.UTC(2030, 5, 18, 12),
  };
  const words = (template: string, audience: 'executives' | 'support') => {
    const found = templates.get(template);
    if (!found) throw new Error(`there is no template ${template}`);
    const content = inlinesIn(renderTemplate(found, messageFacts(plan, { ...facts, audience })));
    return content
      .map((one) =>
        one.type === 'time' ? one.fallback : 'text' in one ? one.text : 'name' in one ? one.name : '',
      )
      .join('');
  };
  for (const audience of ['executives', 'support'] as const) {
    const said = words(`rollback-notice-${audience}`, audience);
    expect(said).toContain('Customers have the previous version again.');
    expect(said).toContain('10 % of traffic at its peak');
    expect(said).toContain('How long it had traffic: 1 hour 1 minute.');
  }
  expect(words('rollback-notice-executives', 'executives')).toContain(
    'Next update: Wed 19 Jun 2030, 11:00 (Europe/Amsterdam) in #executives.',
  );
  // Nothing more is planned for support itself.
  expect(words('rollback-notice-support', 'support')).toContain(
    'Next update: Wed 19 Jun 2030, 10:00 (Europe/Amsterdam) in #release-deployment.',
  );
});
