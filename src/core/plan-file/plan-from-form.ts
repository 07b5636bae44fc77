import { capitalize } from '../../lib/capitalize.ts';
import type { ChannelAudience } from '../plan/audiences.ts';
import type { Plan, PlanInput } from '../plan/plan.ts';
import type { RoleName } from '../plan/roles.ts';
import type { PlanCheckOptions } from './check-plan.ts';
import { MISSING } from './explain-issue.ts';
import type { PlanIssue } from './plan-issue.ts';
import type { PlanWarning } from './plan-warnings.ts';
import { validatePlan } from './validate-plan.ts';

/** What the form asks for, as typed: nothing is trusted or trimmed yet. */
export interface PlanForm {
  key: string;
  product: string;
  version: string;
  type: string;
  /** Left out: the default. */
  stakeholders?: string;
  summary: string;
  /** One entry on each line; left out: none. */
  scope?: { features: string; fixes: string };
  /** YYYY-MM-DD */
  date: string;
  /** HH:MM */
  time: string;
  zone: string;
  /** A role without an entry is missing. */
  roles: { [Role in RoleName]?: { name: string; email: string } | undefined };
  /** Channels by audience, with commas or spaces between them; blank or without an entry: the default ones. */
  channels?: { [Each in ChannelAudience]?: string | undefined };
}

export type PlanFormField =
  | Exclude<keyof PlanForm, 'roles' | 'channels' | 'scope'>
  | 'features'
  | 'fixes'
  | `roles.${RoleName}`
  | `channels.${ChannelAudience}`;

export type PlanFormReading =
  | { ok: true; plan: Plan; warnings: PlanWarning[] }
  /** One sentence or more a field; what concerns no field of the form is under `key`. */
  | { ok: false; problems: { field: PlanFormField; message: string }[] };

/** Makes a plan from a form: polls, communications and phases are the defaults. */
export function planFromForm(form: PlanForm, options: PlanCheckOptions = {}): PlanFormReading {
  const validation = validatePlan(toPlanInput(form), options);
  if (validation.ok) return validation;
  const byField = new Map<PlanFormField, string[]>();
  for (const issue of validation.issues) {
    const field = fieldOf(issue);
    byField.set(field, [...(byField.get(field) ?? []), spoken(issue)]);
  }
  const problems = [...byField].map(([field, messages]) => ({ field, message: messages.join(' ') }));
  return { ok: false, problems };
}

function toPlanInput(form: PlanForm): Partial<Record<keyof PlanInput, unknown>> {
  const filled = (value: string) => (value.trim() === '' ? undefined : value.trim());
  const roles = Object.entries(form.roles).flatMap(([role, person]) =>
    person === undefined ? [] : [[role, { name: filled(person.name), email: filled(person.email) }]],
  );
  const channels = Object.entries(form.channels ?? {}).flatMap(([audience, typed]) => {
    const addresses = addressesOf(typed);
    return addresses.length === 0 ? [] : [[audience, addresses]];
  });
  return {
    release: filled(form.key),
    product: filled(form.product),
    // In YAML it needs quotes, so some type them here, too.
    version: filled(form.version)?.replace(/^"(.*)"$/, '$1'),
    type: filled(form.type),
    stakeholders: filled(form.stakeholders ?? ''),
    summary: filled(form.summary),
    scope: { features: entriesOf(form.scope?.features), fixes: entriesOf(form.scope?.fixes) },
    goLive: { date: filled(form.date), time: filled(form.time), zone: filled(form.zone) },
    roles: Object.fromEntries(roles),
    channels: Object.fromEntries(channels),
  };
}

/** An address may have spaces in it; it begins with `#`, or with the name of its platform and a colon. */
function addressesOf(typed = ''): string[] {
  const parts = typed.split(/[,\n]|\s+(?=#|\w+:)/).map((address) => address.trim());
  return parts.filter((address) => address !== '');
}

function entriesOf(typed = ''): string[] {
  return typed.split('\n').flatMap((entry) => (entry.trim() === '' ? [] : [entry.trim()]));
}

const FIELDS: Readonly<Record<string, PlanFormField>> = {
  release: 'key',
  product: 'product',
  version: 'version',
  type: 'type',
  stakeholders: 'stakeholders',
  summary: 'summary',
  'scope.features': 'features',
  'scope.fixes': 'fixes',
  goLive: 'date',
  'goLive.date': 'date',
  'goLive.time': 'time',
  'goLive.zone': 'zone',
};

function fieldOf({ path }: PlanIssue): PlanFormField {
  const [first, second] = path;
  if (first === 'roles' && typeof second === 'string') return `roles.${second}` as `roles.${RoleName}`;
  if (first === 'channels' && typeof second === 'string')
    return `channels.${second}` as `channels.${ChannelAudience}`;
  return FIELDS[path.slice(0, 2).join('.')] ?? FIELDS[String(first)] ?? 'key';
}

/** A form's field already says what it is; a person's missing half has to be named. */
function spoken(issue: PlanIssue): string {
  const [first, , part] = issue.path;
  // People are picked, so a half that is missing is missing in their account.
  if (first === 'roles' && part === 'email' && issue.message === MISSING) {
    return 'This account has no e-mail address. Pick a person who has one.';
  }
  const isPerson = first === 'roles' && part === undefined;
  const expected = first === 'version' ? 'a version such as 2.4.0' : issue.expected;
  const ask = isPerson ? 'Please pick a person.' : `Please enter ${expected}.`;
  if (issue.message === MISSING && part === undefined) return ask;
  const said =
    part === undefined ? `This ${issue.message}.` : `${capitalize(String(part))} ${issue.message}.`;
  return [said, ask, ...(issue.hint === undefined ? [] : [issue.hint])].join(' ');
}
