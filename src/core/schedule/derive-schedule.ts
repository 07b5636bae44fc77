import { describeInstant } from '../calendar/describe-instant.ts';
import { durationMs } from '../calendar/duration.ts';
import type { ResolvedTime } from '../calendar/local-time.ts';
import { audienceAddresses } from '../plan/audience-addresses.ts';
import { type Audience, isChannelAudience } from '../plan/audiences.ts';
import type { AddedCommunication } from '../plan/communications-schema.ts';
import type { Poll } from '../plan/go-no-go-schema.ts';
import type { Plan } from '../plan/plan.ts';
import type { RoleName } from '../plan/roles.ts';
import { oneWayOf, type ScheduleTime } from '../plan/schedule-time.ts';
import { type Wave, wavesOf } from '../plan/waves.ts';
import type { ReleaseContext } from '../release/release-context.ts';
import { appliesTo } from './applies-to.ts';
import { noticedWhen } from './customer-notice.ts';
import type { DefaultCommunication, ScheduleEvent, When } from './default-communication.ts';
import {
  DEFAULT_COMMUNICATIONS,
  POLL_TEMPLATES,
  POLL_TITLES,
  POLL_VALID_IN,
  pollItemKey,
} from './default-communications.ts';
import { distanceFromGoLive, goLiveInstant, resolveScheduleTime } from './resolve-schedule-time.ts';
import { type ItemShift, shiftSchedule } from './shift-schedule.ts';

interface ItemBase {
  /** Unique within the schedule. */
  key: string;
  title: string;
  /** Calendar distance from go-live: `T-14`, `T-0`, `T+1`; empty for what may come at any time. */
  label: string;
  when: When;
  /** When it is due, for people: an instant in the release's zone, or the event in words. */
  localTime: string;
  /** What a clock change did to the local time it was planned for. */
  clockChange: ResolvedTime['note'];
  audience: Audience;
  /** Where it goes, as the plan writes it: `#name`. None: it goes nowhere, and is withheld. */
  addresses: readonly string[];
  /** Null: nobody in particular (an item that the plan added). */
  owner: RoleName | null;
  template: string | null;
  validIn: readonly ReleaseContext[];
  variants: Readonly<Partial<Record<ReleaseContext, string>>>;
  /** The key of another item: it goes out only when that one has gone out. */
  corrects?: string;
  /** It was due at another time, in quiet hours, on a weekend or a holiday. */
  shifted?: ItemShift;
  /** From this instant on (epoch ms) it does not go out, however late it is. */
  validUntil?: number;
  /** Customers read it: it is a draft until its owner has approved it. */
  customerFacing?: true;
  /** Whom of the tenants it is for; `at` is the instant of their turn, epoch ms. */
  wave?: { number: number; at: number };
  origin: 'default' | 'changed' | 'added';
}

/** One communication of a release. `dueAt` is epoch ms; an event has none, it comes when it comes. */
export type ScheduleItem = ItemBase &
  (
    | { kind: 'message' | 'live-card'; dueAt: number }
    | { kind: 'poll'; dueAt: number; poll: { key: string; kind: Poll['kind']; closesAt: number } }
    /** `expectedAt`: epoch ms, if all goes to plan and every phase is promoted the moment its soak is over. */
    | { kind: 'event'; dueAt: null; event: ScheduleEvent; expectedAt: number | null }
  );

/**
 * Every communication of a plan, in the order in which they are due. Calendar offsets keep their local
 * time of day across clock changes. Pure: the same plan gives the same schedule.
 */
export function deriveSchedule(plan: Plan): ScheduleItem[] {
  const { drop } = plan.communications;
  const kept = DEFAULT_COMMUNICATIONS.filter((item) => appliesTo(item, plan) && !drop.includes(item.key));
  const items = [
    ...kept.flatMap((item) => fromDefault(plan, item)),
    ...plan.goNoGo.polls.map((poll) => fromPoll(plan, poll)),
    ...plan.communications.add.map((added) => fromAdded(plan, added)),
  ];
  // Not by their difference: of two that are not expected it is not a number.
  const inOrder = items.sort((left, right) =>
    instantOf(left) < instantOf(right) ? -1 : Number(instantOf(left) > instantOf(right)),
  );
  return shiftSchedule(plan, inOrder);
}

/** When a default communication is due; epoch ms, undefined when the plan has none such or an event sets it off. */
export function dueInstantOf(plan: Plan, key: string): number | undefined {
  const item = DEFAULT_COMMUNICATIONS.find((one) => one.key === key);
  const isPlanned = item && appliesTo(item, plan) && !plan.communications.drop.includes(key);
  return isPlanned ? (makeItem(plan, item).dueAt ?? undefined) : undefined;
}

/** Where a plan has the card of the rollout; the release's channels, should its schedule have none. */
export function rolloutCardAddresses(plan: Plan): readonly string[] {
  const item = deriveSchedule(plan).find(({ kind }) => kind === 'live-card');
  return item?.addresses ?? plan.channels.release;
}

/** When an item is due or, for an event, expected; epoch ms, infinite when it is not expected at all. */
export function instantOf(item: ScheduleItem): number {
  return (item.kind === 'event' ? item.expectedAt : item.dueAt) ?? Number.POSITIVE_INFINITY;
}

/** When the rollout of a plan is complete if every phase is promoted the moment its soak is over; epoch ms. */
export function expectedCompletion(plan: Plan): number {
  return goLiveInstant(plan) + shortestRolloutMs(plan.rollout.phases);
}

/** Elapsed milliseconds from the first phase to the last when no soak is exceeded. */
export function shortestRolloutMs(phases: Plan['rollout']['phases']): number {
  return phases.slice(0, -1).reduce((total, phase) => total + durationMs(phase.soak), 0);
}

/** One item, or one for each wave of tenants. */
function fromDefault(plan: Plan, item: DefaultCommunication): ScheduleItem[] {
  if (item.perWave === undefined) return [makeItem(plan, item)];
  return wavesOf(plan).map((wave) => makeItem(plan, item, wave));
}

function makeItem(plan: Plan, item: DefaultCommunication, wave?: Wave): ScheduleItem {
  const change = plan.communications.change[item.key];
  const base = {
    key: keyIn(wave, item.key),
    title: `${change?.title ?? item.title}${wave === undefined ? '' : `, wave ${wave.number}`}`,
    ...placeOf(plan, item, wave),
    owner: item.owner,
    template: change?.template ?? item.template,
    validIn: item.validIn,
    variants: item.variants,
    ...(item.corrects === undefined ? {} : { corrects: keyIn(wave, item.corrects) }),
    ...validUntilOf(plan, change?.validUntil),
    ...customerFacing(change?.customerFacing ?? item.customerFacing),
    ...(wave && { wave: { number: wave.number, at: turnOf(plan, wave) } }),
    origin: change === undefined ? 'default' : 'changed',
  } as const;
  const usual = wave && item.perWave === 'on-its-day' ? onDayOf(plan, wave) : noticedWhen(plan, item);
  if ('event' in usual) return eventItem(plan, base, usual.event);
  const timing = timingOf(plan, changedWhen(usual, change));
  return { ...base, ...timing, kind: item.kind === 'live-card' ? 'live-card' : 'message' };
}

function keyIn(wave: Wave | undefined, key: string): string {
  return wave === undefined ? key : `${key}-${wave.number}`;
}

function onDayOf({ goLive }: Plan, { offset }: Wave) {
  return { offset, time: goLive.time };
}

/** When the turn of the tenants comes whom an address reaches, epoch ms; undefined: it reaches none. */
export function waveAt(plan: Plan, address: string): { at: number } | undefined {
  const wave = wavesOf(plan).find(({ addresses }) => addresses.includes(address));
  return wave && { at: turnOf(plan, wave) };
}

function turnOf(plan: Plan, wave: Wave): number {
  return resolveScheduleTime(onDayOf(plan, wave), plan.goLive).instant;
}

function eventItem(
  plan: Plan,
  base: Omit<ItemBase, 'label' | 'when' | 'localTime' | 'clockChange'>,
  event: ScheduleEvent,
): ScheduleItem {
  return {
    ...base,
    ...eventTiming[event],
    kind: 'event',
    event,
    when: { event },
    clockChange: 'exact',
    dueAt: null,
    expectedAt: expectedInstant(plan, event),
  };
}

const eventTiming: Record<ScheduleEvent, Pick<ItemBase, 'label' | 'localTime'>> = {
  'rollout-started': { label: 'T-0', localTime: 'when the first traffic is on the new version' },
  'rollout-completed': { label: 'T-0', localTime: 'when the rollout has reached 100 %' },
  'rolled-back': { label: '', localTime: 'if the release is rolled back' },
  'traffic-reduced': { label: '', localTime: 'if less than all traffic is recorded after that' },
  cancelled: { label: '', localTime: 'if the release is cancelled' },
};

/** When an event comes if all goes to plan; epoch ms, null when it does not come then. */
function expectedInstant(plan: Plan, event: ScheduleEvent): number | null {
  if (event === 'rollout-started') return goLiveInstant(plan);
  return event === 'rollout-completed' ? expectedCompletion(plan) : null;
}

/** Where a default item goes. One that corrects another goes where that one went, unless the plan says otherwise. */
function placeOf(
  plan: Plan,
  item: DefaultCommunication,
  wave: Wave | undefined,
): Pick<ItemBase, 'audience' | 'addresses'> {
  const change = plan.communications.change[item.key];
  const corrected = DEFAULT_COMMUNICATIONS.find(({ key }) => key === item.corrects);
  if (corrected && change?.audience === undefined && change?.channel === undefined) {
    return placeOf(plan, corrected, wave);
  }
  const audience = change?.audience ?? item.audience;
  const isOwn = wave && change?.audience === undefined && change?.channel === undefined;
  return { audience, addresses: isOwn ? wave.addresses : addressesFor(plan, audience, change?.channel) };
}

function fromPoll(plan: Plan, poll: Poll): ScheduleItem {
  return {
    key: pollItemKey(poll.key),
    kind: 'poll',
    title: POLL_TITLES[poll.kind],
    audience: 'release',
    addresses: plan.channels.release,
    owner: 'release_manager',
    template: POLL_TEMPLATES[poll.kind],
    validIn: POLL_VALID_IN,
    variants: {},
    origin: 'default',
    poll: { key: poll.key, kind: poll.kind, closesAt: resolveScheduleTime(poll.closes, plan.goLive).instant },
    ...timingOf(plan, oneWayOf(poll.opens)),
  };
}

function fromAdded(plan: Plan, added: AddedCommunication): ScheduleItem {
  const timing = timingOf(plan, oneWayOf(added));
  const before = timing.dueAt < goLiveInstant(plan);
  return {
    key: added.key,
    kind: 'message',
    title: added.title,
    audience: added.audience,
    addresses: addressesFor(plan, added.audience, added.channel),
    owner: null,
    template: added.template,
    validIn: added.validIn ?? (before ? ['planned', 'approved'] : ['rolling-out', 'live']),
    variants: {},
    ...validUntilOf(plan, added.validUntil),
    ...customerFacing(added.customerFacing),
    origin: 'added',
    ...timing,
  };
}

function validUntilOf(plan: Plan, at: ScheduleTime | undefined): Pick<ItemBase, 'validUntil'> {
  return at === undefined ? {} : { validUntil: resolveScheduleTime(at, plan.goLive).instant };
}

function customerFacing(is: boolean | undefined): Pick<ItemBase, 'customerFacing'> {
  return is === true ? { customerFacing: true } : {};
}

function timingOf(plan: Plan, when: Exclude<When, { event: ScheduleEvent }>) {
  const { zone } = plan.goLive;
  const { instant, note } = resolveScheduleTime(when, plan.goLive);
  return {
    when,
    dueAt: instant,
    label: distanceFromGoLive(plan, instant),
    localTime: describeInstant(instant, zone),
    clockChange: note,
  };
}

/** A default's schedule time with the plan's changes: `goLive` replaces it, `offset` and `time` each a half. */
function changedWhen(
  when: Exclude<When, { event: ScheduleEvent }>,
  change: ScheduleTime | undefined,
): Exclude<When, { event: ScheduleEvent }> {
  if (change?.goLive !== undefined) return { goLive: change.goLive };
  if (change?.offset === undefined && change?.time === undefined) return when;
  const before = 'offset' in when ? when : { offset: 'P0D', time: undefined };
  return oneWayOf({ offset: change.offset ?? before.offset, time: change.time ?? before.time });
}

/** The plan's addresses for an audience, unless another is named: `#name`, or an audience's. */
function addressesFor(plan: Plan, audience: Audience, named: string | undefined): readonly string[] {
  if (named === undefined) return audienceAddresses(plan, audience);
  return isChannelAudience(named) ? audienceAddresses(plan, named) : [named];
}
