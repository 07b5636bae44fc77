import type { AnyElement } from '../blocks/kit.ts';
import type { ControlProps } from './control-props.ts';

const TYPES: Partial<Record<AnyElement['type'], string>> = {
  email_text_input: 'email',
  url_text_input: 'url',
  datepicker: 'date',
  timepicker: 'time',
};

/** One line, several lines, a date or a time. */
export function TextControl({ element, value, onChange, testId, id, disabled, ...rest }: ControlProps) {
  const placeholder = 'placeholder' in element ? element.placeholder?.text : undefined;
  const shared = {
    id,
    'data-testid': testId,
    'aria-describedby': rest.describedBy || undefined,
    'aria-invalid': rest.invalid,
    'aria-label': rest.labelledBy ? undefined : placeholder,
    placeholder,
    disabled,
    value: typeof value === 'string' ? value : '',
    onChange: ({ target }: { target: { value: string } }) => onChange(target.value),
  };
  if (element.type === 'plain_text_input' && element.multiline) return <textarea rows={5} {...shared} />;
  const inputMode = element.type === 'number_input' ? 'decimal' : undefined;
  return <input type={TYPES[element.type] ?? 'text'} inputMode={inputMode} {...shared} />;
}
