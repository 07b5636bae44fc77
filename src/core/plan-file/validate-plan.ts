import type * as z from 'zod';
import { communicationsFields } from '../plan/communications-schema.ts';
import { goNoGoFields } from '../plan/go-no-go-schema.ts';
import { milestonesFields } from '../plan/milestones-schema.ts';
import { type Plan, planFields, planSchema, withOwnKeyExample } from '../plan/plan.ts';
import { withProduct } from '../product-file/with-product.ts';
import { checkPlan, type PartialPlan, type PlanCheckOptions } from './check-plan.ts';
import { explainIssues } from './explain-issue.ts';
import type { PlanIssue } from './plan-issue.ts';
import { type PlanWarning, planWarnings } from './plan-warnings.ts';
import { valueAt } from './value-at.ts';

export type PlanValidation =
  | { ok: true; plan: Plan; warnings: PlanWarning[] }
  | { ok: false; issues: PlanIssue[] };

/** Validates plain data as a plan: every issue at once, the parts that are readable checked further. */
export function validatePlan(given: unknown, options: PlanCheckOptions = {}): PlanValidation {
  const own = withProduct(given, options.products ?? []);
  const value = withDefaults(own, options);
  const parsed = planSchema.safeParse(value);
  const parts = parsed.success ? parsed.data : readableParts(value);
  const issues = [
    ...(parsed.success ? [] : explainIssues(planSchema, value, parsed.error.issues)).map((issue) =>
      issue.path.join() === 'release' ? withOwnExample(issue, value) : issue,
    ),
    ...checkPlan(parts, options),
  ];
  if (!parsed.success || issues.length > 0) return { ok: false, issues };
  return { ok: true, plan: parsed.data, warnings: planWarnings(parsed.data, options.now) };
}

/** What the configuration says counts where the plan itself says nothing. */
function withDefaults(own: unknown, { defaultChannels, defaultShifts, defaultThreads }: PlanCheckOptions) {
  const placed = withDefaultChannels(own, defaultChannels);
  return withDefaultThreads(withDefaultShifts(placed, defaultShifts), defaultThreads);
}

/** What is said of a wrong or missing key has an example of this very release. */
function withOwnExample(issue: PlanIssue, value: unknown): PlanIssue {
  const of = { product: valueAt(value, ['product']), version: valueAt(value, ['version']) };
  return {
    ...issue,
    message: withOwnKeyExample(issue.message, of),
    expected: withOwnKeyExample(issue.expected, of),
  };
}

/** What the plan itself says counts; anything but a group is left to the schema. */
function withDefaultChannels(value: unknown, defaults: PlanCheckOptions['defaultChannels']): unknown {
  if (defaults === undefined || !isRecord(value)) return value;
  const { channels = {} } = value;
  return isRecord(channels) ? { ...value, channels: { ...defaults, ...channels } } : value;
}

/** Field by field; what the plan itself says counts. */
function withDefaultShifts(value: unknown, defaults: PlanCheckOptions['defaultShifts']): unknown {
  if (defaults === undefined || Object.keys(defaults).length === 0 || !isRecord(value)) return value;
  const { shifts = {} } = value;
  return isRecord(shifts) ? { ...value, shifts: { ...defaults, ...shifts } } : value;
}

/** A plan that only says what differs keeps the rest. */
function withDefaultThreads(value: unknown, defaults: PlanCheckOptions['defaultThreads']): unknown {
  if (defaults === undefined || !isRecord(value)) return value;
  const { threads } = value;
  if (threads === undefined) return { ...value, threads: defaults };
  if (!isRecord(threads)) return value;
  const general = typeof defaults === 'string' ? { default: defaults } : defaults;
  const { for: special = {} } = threads;
  const merged = isRecord(special) ? { ...general.for, ...special } : special;
  return { ...value, threads: { ...general, ...threads, for: merged } };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The parts of an invalid plan that are valid by themselves, defaults filled in. */
function readableParts(value: unknown): PartialPlan {
  const { product, goLive, roles, rollout } = planFields.shape;
  const goNoGo = valueAt(value, ['goNoGo']);
  const communications = valueAt(value, ['communications']);
  const milestones = valueAt(value, ['milestones']);
  return {
    product: readField(value, 'product', product),
    goLive: readField(value, 'goLive', goLive),
    roles: readField(value, 'roles', roles),
    rollout: readField(value, 'rollout', rollout),
    goNoGo: {
      roles: readField(goNoGo, 'roles', goNoGoFields.roles) ?? [],
      polls: readField(goNoGo, 'polls', goNoGoFields.polls) ?? [],
      distinctPeople: readField(goNoGo, 'distinctPeople', goNoGoFields.distinctPeople) ?? false,
      policy: readField(goNoGo, 'policy', goNoGoFields.policy),
      emergency: readField(goNoGo, 'emergency', goNoGoFields.emergency),
      signOff: readField(goNoGo, 'signOff', goNoGoFields.signOff),
    },
    milestones: {
      change: readField(milestones, 'change', milestonesFields.change) ?? {},
      drop: readField(milestones, 'drop', milestonesFields.drop) ?? [],
      add: readField(milestones, 'add', milestonesFields.add) ?? [],
    },
    communications: {
      change: readField(communications, 'change', communicationsFields.change) ?? {},
      drop: readField(communications, 'drop', communicationsFields.drop) ?? [],
      add: readField(communications, 'add', communicationsFields.add) ?? [],
      draftsAt: readField(communications, 'draftsAt', communicationsFields.draftsAt),
    },
  };
}

function readField<Output>(value: unknown, field: string, schema: z.ZodType<Output>): Output | undefined {
  const parsed = schema.safeParse(valueAt(value, [field]));
  return parsed.success ? parsed.data : undefined;
}
