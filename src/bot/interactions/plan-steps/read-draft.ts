import type { FormValues } from '../../../core/card/form.ts';
import { CHANNEL_AUDIENCES, type ChannelAudience } from '../../../core/plan/audiences.ts';
import { releaseKeyOf } from '../../../core/plan/plan.ts';
import { DEFAULT_ARGUMENTS } from '../../../core/plan/planning-arguments.ts';
import { ROLE_NAMES, type RoleName } from '../../../core/plan/roles.ts';
import { type PlanFormReading, planFromForm } from '../../../core/plan-file/plan-from-form.ts';
import { directoryOf } from '../../../services/kernel/ask-platform.ts';
import type { Draft } from './plan-step.ts';

/**
 * Makes a plan of what was filled in. Steps that were not shown yet leave problems at their fields.
 * @throws PlatformUnavailableError when it can't be asked who was picked.
 */
export async function readDraft(draft: Draft): Promise<PlanFormReading> {
  const { ctx, values } = draft;
  const value = (name: string) => values[name] ?? '';
  const filledIn = {
    key: keyOf(values),
    product: value('product'),
    version: value('version'),
    type: value('type'),
    stakeholders: stakeholdersOf(draft),
    summary: value('summary'),
    scope: { features: value('features'), fixes: value('fixes') },
    date: value('date'),
    time: value('time'),
    zone: value('zone'),
    roles: await pickedPeople(draft),
    channels: Object.fromEntries(CHANNEL_AUDIENCES.map((audience) => [audience, channelOf(draft, audience)])),
  };
  const { clock, defaultChannels, defaultShifts, defaultThreads, products } = ctx;
  return planFromForm(filledIn, {
    now: clock.now(),
    defaultChannels,
    defaultShifts,
    defaultThreads,
    products,
  });
}

/** Whom it concerns: what was chosen, else as in the product's last release, else the default. */
export function stakeholdersOf({ values, last }: Draft): string {
  return values.stakeholders ?? last?.plan.stakeholders ?? DEFAULT_ARGUMENTS.stakeholders;
}

/** The key that was typed, else the one that product and version make; empty when they make none. */
export function keyOf(values: FormValues): string {
  const { key, product, version } = values;
  return key?.trim() || releaseKeyOf({ product, version }) || '';
}

/** What the channels of an audience are, or would be proposed as; empty: the default ones. */
export function channelOf({ ctx, values, last, product }: Draft, audience: ChannelAudience): string {
  const name = `channels.${audience}`;
  if (name in values) return values[name] ?? '';
  return (
    product?.channels[audience] ??
    last?.plan.channels[audience] ??
    ctx.defaultChannels[audience] ??
    []
  ).join(', ');
}

/** People are picked by the ids of the platform on which the form was filled in. */
async function pickedPeople({ ctx, values }: Draft) {
  const { actor } = ctx;
  if (actor.kind !== 'person') return {};
  const directory = directoryOf(ctx, actor.identity.platform);
  const roles: Partial<Record<RoleName, { name: string; email: string }>> = {};
  await Promise.all(
    ROLE_NAMES.map(async (role) => {
      const id = values[`roles.${role}`];
      const person = id ? await directory.findPerson(id) : null;
      if (person) roles[role] = { name: person.name, email: person.email ?? '' };
    }),
  );
  return roles;
}
