import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { loadTemplates } from '../../../src/config/load-templates.ts';
import { describePhase } from '../../../src/core/rollout/describe-phase.ts';
import { chooseMessage } from '../../../src/core/schedule/choose-message.ts';
import { DEFAULT_COMMUNICATIONS, POLL_TEMPLATES } from '../../../src/core/schedule/default-communications.ts';
import { deriveSchedule } from '../../../src/core/schedule/derive-schedule.ts';
import { cardText } from '../../../src/core/template/card-text.ts';
import { messageFacts } from '../../../src/core/template/message-facts.ts';
import { MESSAGE_VARIABLES } from '../../../src/core/template/message-variables.ts';
import { previewMessages } from '../../../src/core/template/preview-messages.ts';
import type { ReleaseFacts } from '../../../src/core/template/release-facts.ts';
import { renderTemplate } from '../../../src/core/template/render-template.ts';
import type { Template } from '../../../src/core/template/template.ts';
import { examplePlan } from '../plan/example-plan.ts';

const loaded = loadTemplates();
const templates = new Map([...loaded.keys()].map((name) => [name, loaded.get(name) as Template]));

const used = [
  ...DEFAULT_COMMUNICATIONS.flatMap(({ template, variants }) => [template, ...Object.values(variants)]),
  ...Object.values(POLL_TEMPLATES),
].filter((name) => name !== null);

function never(): never {
  throw new Error('there is one');
}

const now = Date.UTC(2030, 5, 19, 8);
const STANDINGS: ReleaseFacts[] = [
  { state: 'in_planning', trafficPercent: null, now },
  { state: 'approved', trafficPercent: null, decision: { outcome: 'go', at: now }, now },
  { state: 'in_progress', trafficPercent: 10, decision: { outcome: 'go', at: now }, now },
  { state: 'rolled_back', trafficPercent: 0, rolledBackReason: 'Errors at checkout.', now },
  { state: 'rolled_back', trafficPercent: 0, now },
  { state: 'in_progress', trafficPercent: null, decision: { outcome: 'go', at: now }, now },
  { state: 'completed', trafficPercent: null, now },
  { state: 'rolled_back', trafficPercent: null, now },
  { state: 'in_planning', trafficPercent: null, hasDriver: false, now },
  {
    state: 'in_progress',
    trafficPercent: 50,
    recorded: { by: 'Dana Fischer', at: now },
    hasDriver: false,
    now,
  },
];

describe('the built-in templates', () => {
  it('are exactly those that the schedule uses', () => {
    expect([...templates.keys()].sort()).toEqual([...new Set(used)].sort());
  });

  it('say something whole whatever is known, with and without the optional people', () => {
    const person = { name: 'Tom Weber', email: 'tom@example.com' };
    const small = examplePlan();
    const full = examplePlan({ roles: { ...small.roles, support_lead: person, business_sponsor: person } });
    for (const plan of [small, full]) {
      for (const facts of STANDINGS) {
        for (const [name, template] of templates) {
          const card = renderTemplate(template, messageFacts(plan, facts));
          const words = cardText(card);
          expect(words, name).not.toMatch(/[{}]|undefined|\bnull\b| [,.;]|\*\*/);
          expect(words, name).not.toContain('shortened');
          expect(card.summary.length, name).toBeGreaterThan(10);
          expect(card.blocks.length, name).toBeGreaterThan(1);
        }
      }
    }
  });

  it('count days from the plan, not from the schedule that it had by default', () => {
    const change = {
      'release-closing': { offset: 'P14D', time: '10:00' },
      'post-release-review': { offset: 'P0D', time: '18:00' },
    };
    const rollout = { phases: [{ trafficPercent: 100 }] };
    const shown = previewMessages(examplePlan({ communications: { change }, rollout }), templates);
    const titleOf = (key: string) => shown.find(({ item }) => item.key === key)?.card?.summary;
    expect(titleOf('release-closing')).toBe(
      'web-2.4.0: last questions before it closes, 14 days after go-live',
    );
    expect(titleOf('post-release-review')).toBe('web-2.4.0: post-release review, on the day of go-live');
    for (const [name, template] of templates) {
      // What is aimed at within seven days comes from the source of the figures, not from the schedule.
      const words = JSON.stringify(template).replaceAll('within seven days', '');
      expect(words, name).not.toMatch(
        /\b(?:one|two|seven|first|\d+) (?:day|week)s?\b|\ba week\b|tomorrow|the day (?:after|before)|opens today/i,
      );
    }
  });

  it('claim nothing of the traffic while the traffic percent is not known: it may be all, none, or going back', () => {
    const claims =
      /read back|last read|All traffic|No traffic|Customers have the|Everyone else has|Customers are on|not with everyone|still rolling|not fully/;
    const standing = { trafficPercent: null, now };
    for (const state of ['in_progress', 'completed', 'rolled_back'] as const) {
      for (const { key, template, validIn, variants } of deriveSchedule(examplePlan())) {
        const choice = chooseMessage({ template, validIn, variants }, { ...standing, state });
        const chosen = choice.send && choice.template !== null ? templates.get(choice.template) : undefined;
        if (chosen === undefined) continue;
        const words = cardText(renderTemplate(chosen, messageFacts(examplePlan(), { ...standing, state })));
        expect(words, `${key} when ${state}`).not.toMatch(claims);
        expect(words, `${key} when ${state}`).not.toMatch(/starts with|Nothing is deployed/);
      }
    }
  });

  describe('where there is no driver', () => {
    const plan = examplePlan();
    /** The words of every item that goes out as things stand, by its key. */
    const said = (facts: Omit<ReleaseFacts, 'now' | 'hasDriver'>, { isUnseen = false } = {}) =>
      deriveSchedule(plan).flatMap((item) => {
        const choice = chooseMessage(item, { ...facts, isUnseen });
        const template = choice.send && choice.template !== null ? templates.get(choice.template) : undefined;
        if (template === undefined) return [];
        const known = messageFacts(plan, { ...facts, hasDriver: false, now });
        return [{ key: item.key, words: cardText(renderTemplate(template, known)) }];
      });
    const recorded = { by: 'Dana Fischer', at: now };

    it('say whose word it is wherever they say how much traffic is on the new version', () => {
      const standings = [
        ['in_progress', 50],
        ['in_progress', 100],
        ['completed', 100],
        ['rolled_back', 0],
      ] as const;
      for (const [state, trafficPercent] of standings) {
        const messages = said({ state, trafficPercent, recorded });
        expect(messages.length).toBeGreaterThan(4);
        for (const { key, words } of messages) {
          expect(words, `${key} when ${state}`).not.toMatch(/last read|read back/);
          const claims = new RegExp(
            `(?<!\\d)${trafficPercent} %\\W+of traffic|All traffic is on|No traffic is on|Traffic on`,
          );
          if (claims.test(words)) {
            expect(words, `${key} when ${state}`).toContain(
              'as recorded by Dana Fischer, Wed 19 Jun 2030, 10:00 (Europe/Amsterdam); not read from the live system',
            );
          }
        }
      }
    });

    it('claim nothing of what customers have while nothing is recorded', () => {
      for (const state of ['in_planning', 'approved'] as const) {
        const messages = said({ state, trafficPercent: null }, { isUnseen: true });
        expect(messages.map(({ key }) => key)).toContain('metrics-analysis');
        for (const { key, words } of messages) {
          expect(words, `${key} when ${state}`).not.toMatch(
            /not gone live|not (been )?deployed|not started|nothing (has )?changed|Customers are on|All traffic/i,
          );
        }
      }
    });

    it('say nothing of how traffic is shared out by the phases but as the plan: nothing keeps to them', () => {
      const shares = examplePlan({
        rollout: { phases: [{ trafficPercent: 3 }, { trafficPercent: 37 }, { trafficPercent: 100 }] },
      });
      for (const standing of STANDINGS) {
        for (const [name, template] of templates) {
          const known = messageFacts(shares, { ...standing, hasDriver: false });
          const words = cardText(renderTemplate(template, known));
          const listed = shares.rollout.phases.map(describePhase);
          const planned = /Planned rollout:\n\n(?:- .* %.*(?:\n|$))+/;
          if (words.includes(listed[1] ?? '')) expect(words, name).toMatch(planned);
          expect(words.replace(planned, ''), name).not.toMatch(
            /(?<!\d)(?:3|37) %|at the earliest|at the least|step by step|Limited to|Each step|begins with|starts with/,
          );
        }
      }
    });

    it('name no command that would be refused', () => {
      const everything = [
        ...said({ state: 'in_planning', trafficPercent: null }),
        ...said({ state: 'approved', trafficPercent: null }),
        ...said({ state: 'approved', trafficPercent: null }, { isUnseen: true }),
        ...said({ state: 'in_progress', trafficPercent: 50, recorded, withoutGo: true }),
        ...said({ state: 'in_progress', trafficPercent: 100, recorded }),
        ...said({ state: 'rolled_back', trafficPercent: 0, recorded }),
      ];
      for (const { key, words } of everything) expect(words, key).not.toMatch(/"(promote|rollback) /);
    });

    it('make up no go decision', () => {
      const facts = { state: 'in_progress', trafficPercent: 50, recorded, withoutGo: true } as const;
      for (const { key, words } of said(facts))
        expect(words, key).not.toMatch(/cleared|approved|Decision:\W+go/);
    });
  });

  it('preview the whole schedule as it would go, the rollout at its planned traffic percents', () => {
    const shown = previewMessages(examplePlan(), templates).map(
      ({ item, template }) => `${item.label} ${template}`,
    );
    expect(shown).toEqual([
      'T-14 readiness-review',
      'T-14 stakeholder-notification',
      'T-14 customer-communication-draft',
      'T-7 final-testing-status',
      'T-7 go-no-go-readiness',
      'T-7 customer-announcement',
      'T-7 sales-briefing',
      'T-1 final-deployment-checklist',
      'T-1 emergency-contacts',
      'T-1 go-no-go-decision',
      'T-1 on-call-briefing',
      'T-0 deployment-kickoff',
      'T-0 null',
      'T-0 rollout-started-support',
      // After one day of the default soaks, 10 % of traffic is the truth.
      'T+1 post-release-review-rolling-out',
      'T+1 metrics-analysis-rolling-out',
      'T+1 lessons-learned',
      'T-0 success-executives',
      'T-0 success-sales',
      'T-0 success-confirmation',
      'T+7 release-closing',
      ' rollback-notice-support',
      ' rollback-notice-executives',
      ' rollback-notice-sales',
      ' success-correction-rolling-out',
      ' success-correction-rolling-out',
      ' success-correction',
    ]);
  });

  describe('for those outside', () => {
    const outside = DEFAULT_COMMUNICATIONS.filter(({ customerFacing }) => customerFacing);
    const names = [
      ...new Set(outside.flatMap(({ template, variants }) => [template, ...Object.values(variants)])),
    ].filter((name) => name !== null);
    /** What may be said to anybody; no people, commands, channels, keys, votes, reasons or shares of traffic. */
    const sayable =
      /^(release\.(product|version|summary|interruption)|goLive\.(at|date)|scope\.\w+|objectives\.userImpact|customers\.action|wave\.\w+|rollout\.(complete|allBack)|links\.(help|notes|support|survey|training|webinar|status))$/;

    it.each(names)("%s uses nothing that is the teams' own", async (name) => {
      const text = await readFile(`templates/${name}.md`, 'utf8');
      const variables = [...text.matchAll(/\{\{(?:#\w+ )?([^{}/#]+)\}\}/g)].map(([, variable]) => variable);
      expect(variables.filter((variable) => !sayable.test(variable ?? ''))).toEqual([]);
      expect(text.replace(/\{\{[^{}]*\}\}/g, '')).not.toMatch(
        /tminus|T-0|rollout|rolled back|deploy|canary|traffic|go\/no-go|Manager|Lead\b/i,
      );
    });

    it('mention and name nobody, whatever is known', () => {
      const facts = {
        state: 'rolled_back',
        trafficPercent: 0,
        rolledBackReason: 'Dana broke it.',
        now,
      } as const;
      const people = Object.values(examplePlan().roles).flatMap((person) => person?.name ?? []);
      for (const name of names) {
        const template = templates.get(name);
        if (template === undefined) throw new Error(name);
        const card = renderTemplate(template, messageFacts(examplePlan(), facts));
        expect(JSON.stringify(card), name).not.toMatch(
          new RegExp([...people, 'Dana', '"person"', '"place"'].join('|')),
        );
      }
    });

    it('fit where they are read: the app and social media get a few lines', () => {
      for (const name of names.filter((one) => /in-app|social|-short$/.test(one))) {
        const template = templates.get(name);
        const words = template
          ? cardText(renderTemplate(template, messageFacts(examplePlan(), STANDINGS[0] ?? never())))
          : '';
        expect(words.length, name).toBeLessThan(280);
      }
    });

    it('say what customers have to do, and that there is nothing otherwise', () => {
      const said = (customerAction?: string) => {
        const plan = examplePlan({
          stakeholders: 'customer-facing',
          ...(customerAction && { customerAction }),
        });
        const shown = previewMessages(plan, templates).find(
          ({ item }) => item.key === 'customer-announcement-email',
        );
        return shown?.card ? cardText(shown.card) : '';
      };
      expect(said()).toContain("You don't have to do anything.");
      expect(said('Sign in again.')).toContain('What you have to do: Sign in again.');
      expect(said('Sign in again.')).not.toContain("don't have to");
    });
  });

  it('are documented: every variable and every communication is in docs/plans.md or docs/communications.md', async () => {
    const text = (
      await Promise.all(['docs/plans.md', 'docs/communications.md'].map((file) => readFile(file, 'utf8')))
    ).join();
    const missing = [...MESSAGE_VARIABLES.keys(), ...DEFAULT_COMMUNICATIONS.map(({ key }) => key)].filter(
      (name) => !text.includes(`\`${name}\``) && !/^(roles|ask|channels)\./.test(name),
    );
    expect(missing).toEqual([]);
  });
});
