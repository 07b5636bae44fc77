import { durationMs } from '../calendar/duration.ts';
import type { Card } from '../card/card.ts';
import type { Plan } from '../plan/plan.ts';
import { RELEASE_CONTEXTS, type ReleaseContext } from '../release/release-context.ts';
import { chooseMessage } from '../schedule/choose-message.ts';
import {
  deriveSchedule,
  expectedCompletion,
  instantOf,
  type ScheduleItem,
} from '../schedule/derive-schedule.ts';
import { goLiveInstant, resolveScheduleTime } from '../schedule/resolve-schedule-time.ts';
import type { TemplateSet } from './load-template.ts';
import { messageFacts } from './message-facts.ts';
import type { ReleaseFacts } from './release-facts.ts';
import { renderTemplate } from './render-template.ts';

/** A communication with the message that would go out if everything went to plan. */
export interface PreviewedMessage {
  item: ScheduleItem;
  /** What was assumed. */
  facts: ReleaseFacts;
  /** The template used; null for the live card. */
  template: string | null;
  /** Null for the live card, which shows the rollout as it is. */
  card: Card | null;
  /** Whether it goes out when everything goes to plan, or is about what happens otherwise. */
  isExpected: boolean;
  /** Other templates that go out instead, and when. */
  variants: { contexts: ReleaseContext[]; template: string }[];
  /** The contexts in which nothing goes out. */
  withheld: ReleaseContext[];
}

const UNDECIDED = { state: 'in_planning', trafficPercent: null, decision: null } as const;

/**
 * Every message of a plan, as if the decision were go at the poll's close and each phase were promoted
 * the moment its soak is over; and those of a rollback after that. Throws when a template is missing.
 */
export function previewMessages(plan: Plan, templates: TemplateSet): PreviewedMessage[] {
  return deriveSchedule(plan).map((item) => {
    const expected = expectedFacts(plan, item);
    const choice = chooseMessage(item, expected);
    const template = choice.send ? choice.template : item.template;
    // What does not go out when everything goes to plan is shown as if there had been no decision.
    const assumed = choice.send ? expected : { ...expected, ...UNDECIDED };
    const facts = { ...assumed, audience: item.audience, wave: item.wave };
    return {
      item,
      facts,
      template,
      card: template === null ? null : renderNamed(plan, facts, { template, templates }),
      ...outcomesOf(item, template),
      isExpected: choice.send,
    };
  });
}

function renderNamed(
  plan: Plan,
  facts: ReleaseFacts,
  { template, templates }: { template: string; templates: TemplateSet },
): Card {
  const found = templates.get(template);
  if (found === undefined) throw new Error(`There is no template "${template}".`);
  return renderTemplate(found, messageFacts(plan, facts));
}

/** How the release stands at an item's time when everything goes to plan; or was rolled back, if it is about that. */
export function expectedFacts(plan: Plan, item: ScheduleItem): ReleaseFacts {
  if (item.kind === 'event' && item.event === 'rolled-back') {
    const rolledBackReason = 'The reason that is given with the rollback.';
    const exposure = { peakPercent: 100, isUpperBound: false, spanMs: null };
    const rolledBack = { state: 'rolled_back' as const, trafficPercent: 0, rolledBackReason, exposure };
    return { ...rolledBack, now: expectedCompletion(plan) };
  }
  if (item.kind === 'event' && item.event === 'cancelled') {
    return { state: 'cancelled', trafficPercent: null, now: goLiveInstant(plan) };
  }
  if (item.kind === 'event' && item.event === 'traffic-reduced') {
    return { state: 'in_progress', trafficPercent: 50, hasDriver: false, now: expectedCompletion(plan) };
  }
  const now = instantOf(item);
  const decision = plan.goNoGo.polls.find(({ kind }) => kind === 'decision');
  const decidedAt =
    decision === undefined ? Infinity : resolveScheduleTime(decision.closes, plan.goLive).instant;
  const elapsed = now - goLiveInstant(plan);
  if (now < decidedAt && elapsed < 0) return { state: 'in_planning', trafficPercent: null, now };
  const approved = { decision: { outcome: 'go' as const, at: decidedAt }, now };
  if (elapsed <= 0 && item.kind !== 'event') return { state: 'approved', trafficPercent: null, ...approved };
  return { state: 'in_progress', trafficPercent: expectedPercent(plan, elapsed), ...approved };
}

function expectedPercent(plan: Plan, elapsed: number): number {
  let begins = 0;
  let trafficPercent = 0;
  for (const phase of plan.rollout.phases) {
    if (elapsed < begins) break;
    trafficPercent = phase.trafficPercent;
    begins += durationMs(phase.soak);
  }
  return trafficPercent;
}

function outcomesOf(
  item: ScheduleItem,
  shown: string | null,
): Pick<PreviewedMessage, 'variants' | 'withheld'> {
  const usual =
    item.template === null || item.template === shown
      ? []
      : [{ template: item.template, contexts: [...item.validIn] }];
  const variants = Object.values(item.variants)
    .filter((template, index, all) => template !== shown && all.indexOf(template) === index)
    .map((template) => ({
      template,
      contexts: RELEASE_CONTEXTS.filter((context) => item.variants[context] === template),
    }));
  const withheld = RELEASE_CONTEXTS.filter(
    (context) => !item.validIn.includes(context) && item.variants[context] === undefined,
  );
  return { variants: [...usual, ...variants], withheld };
}
