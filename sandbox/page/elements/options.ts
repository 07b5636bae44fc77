import type { Workspace } from '../../control-api.ts';
import type { AnyElement } from '../blocks/kit.ts';
import { usePick } from '../store/store.ts';

export interface Choice {
  value: string;
  label: string;
  description?: string;
  /** The group's label where the app grouped its options. */
  group?: string;
}

/** What can be picked in an element: its own options, the workspace's people, or its channels. */
export function useOptions(element: AnyElement): Choice[] {
  const workspace = usePick((state) => state.workspace);
  return workspace ? optionsOf(element, workspace) : [];
}

function optionsOf(element: AnyElement, workspace: Workspace): Choice[] {
  switch (element.type) {
    case 'static_select':
    case 'multi_static_select':
      return [
        ...(element.options ?? []).map((option) => readOption(option)),
        ...(element.option_groups ?? []).flatMap(({ label, options }) =>
          options.map((option) => ({ ...readOption(option), group: label.text })),
        ),
      ];
    case 'radio_buttons':
    case 'checkboxes':
      return element.options.map((option) => readOption(option));
    case 'users_select':
    case 'multi_users_select':
      return workspace.people.map(({ id, realName, title }) => ({
        value: id,
        label: `${realName} (${title})`,
      }));
    case 'channels_select':
    case 'multi_channels_select':
    case 'conversations_select':
    case 'multi_conversations_select':
      return workspace.channels
        .filter(({ kind }) => kind === 'channel')
        .map(({ id, name }) => ({ value: id, label: `#${name}` }));
    default:
      return [];
  }
}

interface Option {
  text: { text: string };
  value?: string;
  description?: { text: string };
}

function readOption({ text, value, description }: Option): Choice {
  const choice = { value: value ?? '', label: text.text };
  return description ? { ...choice, description: description.text } : choice;
}
