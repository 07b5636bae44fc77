import type { Audience } from '../plan/audiences.ts';
import type { RoleName } from '../plan/roles.ts';
import type { ReleaseContext } from '../release/release-context.ts';

/** What can set off a communication other than the calendar. */
export type ScheduleEvent =
  /** The first traffic is on the new version. */
  | 'rollout-started'
  | 'rollout-completed'
  | 'rolled-back'
  /** It had all traffic, and has less again without a rollback. */
  | 'traffic-reduced';

/** At a local time some calendar days from go-live, at an elapsed time from it, or on an event. */
export type When = { offset: string; time: string } | { goLive: string } | { event: ScheduleEvent };

export interface DefaultCommunication {
  key: string;
  title: string;
  kind: 'message' | 'live-card' | 'event';
  when: When;
  /** Who is told; the plan's channel for it is the destination. */
  audience: Audience;
  /** Whose task it is about. */
  owner: RoleName;
  /** Null for the live card, which is not made from a template. */
  template: string | null;
  /** The contexts in which `template` tells the truth. */
  validIn: readonly ReleaseContext[];
  /** Which template tells the truth in other contexts; where there is none, nothing is sent. */
  variants: Readonly<Partial<Record<ReleaseContext, string>>>;
  /** The key of another one: it goes out only where and when that one has gone out. */
  corrects?: string;
  /** In the release plan the project was created from (S1). */
  source: string;
}

const BEFORE_GO_LIVE: readonly ReleaseContext[] = ['planned', 'approved'];

/**
 * The communications of S1 §3.3, those of §8.1 for support, sales and executives and the closing at T+7, and what a
 * rollback tells those who were told of the release (S1 §6.2). The polls of T-7 and T-1 are not here: they come from the plan's `goNoGo`. S1
 * gives the days; the times of day are ours.
 */
export const DEFAULT_COMMUNICATIONS: readonly DefaultCommunication[] = [
  {
    key: 'readiness-review',
    title: 'Release readiness review',
    kind: 'message',
    when: { offset: '-P14D', time: '10:00' },
    audience: 'release',
    owner: 'release_manager',
    template: 'readiness-review',
    validIn: BEFORE_GO_LIVE,
    variants: {},
    source: 'S1 §3.3 T-14',
  },
  {
    key: 'stakeholder-notification',
    title: 'Stakeholder notification',
    kind: 'message',
    when: { offset: '-P14D', time: '11:00' },
    audience: 'executives',
    owner: 'release_manager',
    template: 'stakeholder-notification',
    validIn: BEFORE_GO_LIVE,
    variants: {},
    source: 'S1 §3.3 T-14',
  },
  {
    key: 'customer-communication-draft',
    title: 'Customer communication draft',
    kind: 'message',
    when: { offset: '-P14D', time: '14:00' },
    audience: 'product',
    owner: 'product_owner',
    template: 'customer-communication-draft',
    validIn: BEFORE_GO_LIVE,
    variants: {},
    source: 'S1 §3.3 T-14',
  },
  {
    key: 'final-testing-status',
    title: 'Final testing status',
    kind: 'message',
    when: { offset: '-P7D', time: '10:00' },
    audience: 'qa',
    owner: 'qa_lead',
    template: 'final-testing-status',
    validIn: BEFORE_GO_LIVE,
    variants: {},
    source: 'S1 §3.3 T-7',
  },
  {
    key: 'customer-announcement',
    title: 'Customer announcement',
    kind: 'message',
    when: { offset: '-P7D', time: '15:00' },
    audience: 'support',
    owner: 'product_owner',
    template: 'customer-announcement',
    validIn: BEFORE_GO_LIVE,
    variants: {},
    source: 'S1 §3.3 T-7',
  },
  {
    key: 'sales-briefing',
    title: 'Sales briefing',
    kind: 'message',
    when: { offset: '-P7D', time: '15:30' },
    audience: 'sales',
    owner: 'product_owner',
    template: 'sales-briefing',
    validIn: BEFORE_GO_LIVE,
    variants: {},
    source: 'S1 §8.1 T-7',
  },
  {
    key: 'final-deployment-checklist',
    title: 'Final deployment checklist',
    kind: 'message',
    when: { offset: '-P1D', time: '10:00' },
    audience: 'release',
    owner: 'devops_lead',
    template: 'final-deployment-checklist',
    validIn: BEFORE_GO_LIVE,
    variants: {},
    source: 'S1 §3.3 T-1',
  },
  {
    key: 'emergency-contacts',
    title: 'Emergency contacts verification',
    kind: 'message',
    when: { offset: '-P1D', time: '11:00' },
    audience: 'release',
    owner: 'release_manager',
    template: 'emergency-contacts',
    validIn: BEFORE_GO_LIVE,
    variants: {},
    source: 'S1 §3.3 T-1',
  },
  {
    key: 'on-call-briefing',
    title: 'On-call team briefing',
    kind: 'message',
    when: { offset: '-P1D', time: '15:00' },
    audience: 'engineering',
    owner: 'engineering_lead',
    template: 'on-call-briefing',
    validIn: BEFORE_GO_LIVE,
    variants: {},
    source: 'S1 §3.3 T-1',
  },
  {
    key: 'deployment-kickoff',
    title: 'Deployment kickoff',
    kind: 'message',
    when: { goLive: 'PT0S' },
    audience: 'release',
    owner: 'release_manager',
    template: 'deployment-kickoff',
    validIn: ['approved'],
    variants: {
      planned: 'deployment-kickoff-not-approved',
      unrecorded: 'deployment-kickoff-unrecorded',
      'rolling-out': 'deployment-kickoff-begun',
      live: 'deployment-kickoff-begun',
      cancelled: 'deployment-kickoff-cancelled',
    },
    source: 'S1 §3.3 T-0',
  },
  {
    key: 'live-status',
    title: 'Real-time status',
    kind: 'live-card',
    when: { goLive: 'PT0S' },
    audience: 'release',
    owner: 'release_manager',
    template: null,
    validIn: ['planned', 'approved', 'unrecorded', 'rolling-out', 'live', 'rolled-back'],
    variants: {},
    source: 'S1 §3.3 T-0',
  },
  {
    key: 'rollout-started-support',
    title: 'Start of traffic for support',
    kind: 'event',
    when: { event: 'rollout-started' },
    audience: 'support',
    owner: 'support_lead',
    template: 'rollout-started-support',
    validIn: ['rolling-out', 'live'],
    variants: {},
    source: 'S1 §8.1 T-0',
  },
  {
    key: 'success-executives',
    title: 'Success for executives',
    kind: 'event',
    when: { event: 'rollout-completed' },
    audience: 'executives',
    owner: 'release_manager',
    template: 'success-executives',
    validIn: ['live'],
    variants: {},
    source: 'S1 §8.1 T-0',
  },
  {
    key: 'success-sales',
    title: 'Success for sales',
    kind: 'event',
    when: { event: 'rollout-completed' },
    audience: 'sales',
    owner: 'product_owner',
    template: 'success-sales',
    validIn: ['live'],
    variants: {},
    source: 'S1 §8.1 T-0',
  },
  {
    key: 'success-confirmation',
    title: 'Success confirmation',
    kind: 'event',
    when: { event: 'rollout-completed' },
    audience: 'allHands',
    owner: 'release_manager',
    template: 'success-confirmation',
    validIn: ['live'],
    variants: {},
    source: 'S1 §3.3 T-0',
  },
  {
    key: 'post-release-review',
    title: 'Post-release review',
    kind: 'message',
    when: { offset: 'P1D', time: '10:00' },
    audience: 'release',
    owner: 'release_manager',
    template: 'post-release-review',
    validIn: ['live'],
    variants: {
      planned: 'post-release-review-not-started',
      approved: 'post-release-review-not-started',
      unrecorded: 'post-release-review-unrecorded',
      'rolling-out': 'post-release-review-rolling-out',
      'rolled-back': 'post-release-review-rolled-back',
    },
    source: 'S1 §3.3 T+1',
  },
  {
    key: 'metrics-analysis',
    title: 'Metrics analysis',
    kind: 'message',
    when: { offset: 'P1D', time: '11:00' },
    audience: 'executives',
    owner: 'product_owner',
    template: 'metrics-analysis',
    validIn: ['live'],
    variants: {
      planned: 'metrics-analysis-not-started',
      approved: 'metrics-analysis-not-started',
      unrecorded: 'metrics-analysis-unrecorded',
      'rolling-out': 'metrics-analysis-rolling-out',
      'rolled-back': 'metrics-analysis-rolled-back',
    },
    source: 'S1 §3.3 T+1',
  },
  {
    key: 'lessons-learned',
    title: 'Lessons learned capture',
    kind: 'message',
    when: { offset: 'P1D', time: '14:00' },
    audience: 'engineering',
    owner: 'engineering_lead',
    template: 'lessons-learned',
    validIn: ['rolling-out', 'live'],
    variants: { 'rolled-back': 'lessons-learned-rolled-back' },
    source: 'S1 §3.3 T+1',
  },
  {
    key: 'release-closing',
    title: 'Closing of the release',
    kind: 'message',
    when: { offset: 'P7D', time: '10:00' },
    audience: 'release',
    owner: 'release_manager',
    template: 'release-closing',
    validIn: ['live'],
    variants: {
      planned: 'release-closing-not-started',
      approved: 'release-closing-not-started',
      unrecorded: 'release-closing-unrecorded',
      'rolling-out': 'release-closing-rolling-out',
      'rolled-back': 'release-closing-rolled-back',
    },
    source: 'S1 §8.1 T+7',
  },
  {
    key: 'rollback-notice-support',
    title: 'Rollback notice for support',
    kind: 'event',
    when: { event: 'rolled-back' },
    audience: 'support',
    owner: 'release_manager',
    template: 'rollback-notice-support',
    validIn: ['rolled-back'],
    variants: {},
    source: 'S1 §6.2 notification',
  },
  {
    key: 'rollback-notice-executives',
    title: 'Rollback notice for executives',
    kind: 'event',
    when: { event: 'rolled-back' },
    audience: 'executives',
    owner: 'release_manager',
    template: 'rollback-notice-executives',
    validIn: ['rolled-back'],
    variants: {},
    source: 'S1 §6.2 notification',
  },
  {
    key: 'rollback-notice-sales',
    title: 'Rollback notice for sales',
    kind: 'event',
    when: { event: 'rolled-back' },
    audience: 'sales',
    owner: 'product_owner',
    template: 'rollback-notice-sales',
    validIn: ['rolled-back'],
    variants: {},
    source: 'S1 §6.2 notification',
  },
  {
    key: 'success-executives-correction',
    title: 'Correction for executives',
    kind: 'event',
    when: { event: 'traffic-reduced' },
    audience: 'executives',
    owner: 'release_manager',
    template: 'success-correction-rolling-out',
    validIn: ['rolling-out'],
    variants: {},
    corrects: 'success-executives',
    source: 'S1 §6.2 notification',
  },
  {
    key: 'success-sales-correction',
    title: 'Correction for sales',
    kind: 'event',
    when: { event: 'traffic-reduced' },
    audience: 'sales',
    owner: 'product_owner',
    template: 'success-correction-rolling-out',
    validIn: ['rolling-out'],
    variants: {},
    corrects: 'success-sales',
    source: 'S1 §6.2 notification',
  },
  {
    key: 'success-correction',
    title: 'Correction of the success confirmation',
    kind: 'event',
    when: { event: 'rolled-back' },
    audience: 'allHands',
    owner: 'release_manager',
    template: 'success-correction',
    validIn: ['rolled-back'],
    // Where it was recorded that all traffic was on the new version, and then that less is.
    variants: { 'rolling-out': 'success-correction-rolling-out' },
    corrects: 'success-confirmation',
    source: 'S1 §6.2 notification',
  },
];

/** The template that asks for votes in each kind of poll. */
export const POLL_TEMPLATES = { readiness: 'go-no-go-readiness', decision: 'go-no-go-decision' } as const;

export const POLL_TITLES = { readiness: 'Go/no-go readiness check', decision: 'Go/no-go decision' } as const;

/** Whatever its votes decide: where its time has passed, that is told. */
export const POLL_VALID_IN: readonly ReleaseContext[] = [...BEFORE_GO_LIVE, 'unrecorded'];

/** The schedule's key for a poll of the plan: `go-no-go-decision`. */
export function pollItemKey(pollKey: string): string {
  return `go-no-go-${pollKey}`;
}
