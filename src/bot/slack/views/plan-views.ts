import type { ModalView } from '@slack/types';
import { paragraph } from '../../../core/card/card.ts';
import { RELEASE_TYPES } from '../../../core/plan/plan.ts';
import { ROLE_NAMES, ROLES } from '../../../core/plan/roles.ts';
import {
  content,
  dateInput,
  modal,
  personInput,
  selectInput,
  textInput,
  timeInput,
} from '../render/modal.ts';

/** The form of `/release new`. Channels, schedule, polls and phases are the defaults. */
export function newReleaseView(preset: { date: string; zone: string; userId: string }): ModalView {
  const line = (blockId: string, label: string, more: { placeholder?: string; initial?: string } = {}) =>
    textInput({ blockId, actionId: 'text', label, maxLength: 200, ...more });
  return modal({
    callbackId: 'new-release',
    title: 'Plan a release',
    submit: 'Plan it',
    close: 'Cancel',
    blocks: [
      line('key', 'Key', { placeholder: 'web-2.4.0' }),
      line('product', 'Product', { placeholder: 'web' }),
      line('version', 'Version', { placeholder: '2.4.0' }),
      ...selectInput({
        blockId: 'type',
        actionId: 'pick',
        label: 'Type',
        initial: 'minor',
        options: RELEASE_TYPES.map((type) => ({ value: type, label: type })),
      }),
      textInput({
        blockId: 'summary',
        actionId: 'text',
        label: 'What it brings, in a sentence or two',
        multiline: true,
        maxLength: 1500,
      }),
      dateInput({ blockId: 'date', actionId: 'pick', label: 'Go-live date', initial: preset.date }),
      timeInput({ blockId: 'time', actionId: 'pick', label: 'Go-live time', initial: '10:00' }),
      line('zone', 'Time zone', { initial: preset.zone }),
      ...ROLE_NAMES.map((role) =>
        personInput({
          blockId: `roles.${role}`,
          actionId: 'pick',
          label: ROLES[role].title,
          optional: !ROLES[role].required,
          ...(role === 'release_manager' ? { initial: preset.userId } : {}),
        }),
      ),
    ],
  });
}

/** The form of `/release import`. */
export function importReleaseView(): ModalView {
  return modal({
    callbackId: 'import-release',
    title: 'Import a plan',
    submit: 'Plan it',
    close: 'Cancel',
    blocks: [
      ...content(paragraph('Paste the plan as YAML. It is checked before anything is planned.')),
      textInput({ blockId: 'plan', actionId: 'text', label: 'Plan', multiline: true, maxLength: 3000 }),
    ],
  });
}
