import * as z from 'zod';
import { paragraph } from '../../../core/card/card.ts';
import type { Form, FormValues, TextInput } from '../../../core/card/form.ts';
import {
  AUDIENCE_TITLES,
  AUDIENCES,
  type Audience,
  type AudienceChannels,
  DEFAULT_CHANNELS,
} from '../../../core/plan/audiences.ts';
import { RELEASE_TYPES } from '../../../core/plan/planning-arguments.ts';
import { ROLE_NAMES, ROLES, type RoleName } from '../../../core/plan/roles.ts';
import { planFromForm } from '../../../core/plan-file/plan-from-form.ts';
import { DEFAULT_COMMUNICATIONS } from '../../../core/schedule/default-communications.ts';
import { askPlatform, directoryOf } from '../../../services/kernel/ask-platform.ts';
import type { Ctx } from '../../../services/kernel/context.ts';
import { done } from '../../../services/kernel/result.ts';
import { planOutcome, refusedOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';

/** What the fields hold at first; `personId` is the platform's id of the person who asks. */
export interface ReleasePreset {
  date: string;
  zone: string;
  personId: string | undefined;
  channels: AudienceChannels;
}

/** The form that plans a release. Schedule, polls and phases are the defaults. */
export function newReleaseForm(preset: ReleasePreset): Form {
  return {
    name: 'new-release',
    title: 'Plan a release',
    submit: 'Create release',
    cancel: 'Cancel',
    body: [
      paragraph(
        'Say what goes live, when, and with whom. Messages, go/no-go and rollout phases follow the defaults; you can change them later.',
      ),
      line('product', 'Product', { placeholder: 'Web shop', hint: 'What people call it.' }),
      line('version', 'Version', { placeholder: '2.4.0' }),
      line('key', 'Key', {
        placeholder: 'web-2.4.0',
        hint: 'A short name for commands and messages: lower case, a product and a version joined by a dash.',
      }),
      {
        ...field('type', 'Type'),
        kind: 'select',
        initial: 'minor',
        options: RELEASE_TYPES.map((type) => ({ value: type, label: type })),
      },
      {
        ...field('summary', 'Summary, in a sentence or two'),
        kind: 'text',
        multiline: true,
        maxLength: 1500,
        hint: 'What changes for customers. Executives, support and sales read this.',
      },
      entries('features', 'Features'),
      entries('fixes', 'Fixes'),
      { ...field('date', 'Go-live date'), kind: 'date', initial: preset.date },
      { ...field('time', 'Go-live time'), kind: 'time', initial: '10:00' },
      line('zone', 'Time zone', { initial: preset.zone }),
      ...ROLE_NAMES.map((role) => personInput(role, preset)),
      ...audiencesByDefault.map((audience) => channelInput(audience, preset)),
    ],
  };
}

function field(name: string, label: string) {
  return { type: 'input' as const, name, label };
}

/** What is in the release, one on each line. */
function entries(name: 'features' | 'fixes', label: string): TextInput {
  const more = { multiline: true, maxLength: 3000, optional: true, hint: 'One on each line.' };
  return { ...field(name, label), kind: 'text', ...more };
}

function line(
  name: string,
  label: string,
  more: Pick<TextInput, 'placeholder' | 'initial' | 'hint'>,
): TextInput {
  return { ...field(name, label), kind: 'text', maxLength: 200, ...more };
}

function personInput(role: RoleName, { personId }: ReleasePreset) {
  const initial = role === 'release_manager' && personId !== undefined ? { initial: personId } : {};
  return {
    ...field(`roles.${role}`, ROLES[role].title),
    kind: 'person' as const,
    optional: !ROLES[role].required,
    ...initial,
  };
}

/** Those to which the default schedule sends something: no other one needs a channel. */
const audiencesByDefault = AUDIENCES.filter(
  (audience) =>
    audience === 'release' ||
    DEFAULT_COMMUNICATIONS.some((communication) => communication.audience === audience),
);

function channelInput(audience: Audience, { channels }: ReleasePreset): TextInput {
  const initial = (channels[audience] ?? [DEFAULT_CHANNELS[audience]]).join(', ');
  return {
    ...line(`channels.${audience}`, `Channel: ${AUDIENCE_TITLES[audience]}`, { initial }),
    maxLength: 3000,
    optional: true,
  };
}

export const form = defineForm({
  name: 'new-release',
  metadata: z.unknown(),
  run: async ({ ctx, values }) => {
    const picked = await askPlatform(ctx, async () => done(await pickedPeople(ctx, values)));
    if (!picked.ok) return refusedOutcome(picked.refusal, 'key');
    const value = (name: string) => values[name] ?? '';
    const filledIn = {
      key: value('key'),
      product: value('product'),
      version: value('version'),
      type: value('type'),
      summary: value('summary'),
      scope: { features: value('features'), fixes: value('fixes') },
      date: value('date'),
      time: value('time'),
      zone: value('zone'),
      roles: picked.value,
      channels: Object.fromEntries(AUDIENCES.map((audience) => [audience, value(`channels.${audience}`)])),
    };
    const { defaultChannels } = ctx;
    const read = planFromForm(filledIn, { now: ctx.clock.now(), defaultChannels });
    if (read.ok) return planOutcome(ctx, { plan: read.plan, field: 'key' });
    const errors = Object.fromEntries(read.problems.map(({ field: name, message }) => [name, message]));
    return { kind: 'errors', errors };
  },
});

/** People are picked by the ids of the platform on which the form was filled in. */
async function pickedPeople(ctx: Ctx, values: FormValues) {
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
