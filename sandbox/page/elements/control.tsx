import type { ReactNode } from 'react';
import { ChoiceList } from './choice-list.tsx';
import type { ControlProps } from './control-props.ts';
import { useOptions } from './options.ts';
import { SelectControl } from './select-control.tsx';
import { TextControl } from './text-control.tsx';

/** The form control for an element, with its value held by whoever renders it. */
export function Control(props: ControlProps): ReactNode {
  const { element } = props;
  const options = useOptions(element);
  switch (element.type) {
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
    case 'datepicker':
    case 'timepicker':
      return <TextControl {...props} />;
    case 'static_select':
    case 'users_select':
    case 'channels_select':
    case 'conversations_select':
      return <SelectControl {...props} options={options} />;
    case 'radio_buttons':
      return <ChoiceList {...props} options={options} kind="radio" />;
    case 'checkboxes':
    case 'multi_static_select':
    case 'multi_users_select':
    case 'multi_channels_select':
    case 'multi_conversations_select':
      return <ChoiceList {...props} options={options} kind="checkbox" />;
    default:
      return <p className="trouble">This workspace can’t show a {element.type} yet.</p>;
  }
}
