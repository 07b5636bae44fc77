import { useId } from 'react';
import type { ControlProps } from './control-props.ts';
import type { Choice } from './options.ts';

interface Props extends ControlProps {
  options: Choice[];
  kind: 'radio' | 'checkbox';
}

/** Radio buttons, or check boxes for what may be picked several times. */
export function ChoiceList({ options, kind, value, onChange, testId, labelledBy, ...rest }: Props) {
  const name = useId();
  const picked = typeof value === 'string' ? [value] : value;
  const toggle = (option: string) => {
    if (kind === 'radio') onChange(option);
    else if (picked.includes(option)) onChange(picked.filter((other) => other !== option));
    else onChange([...picked, option]);
  };
  return (
    <fieldset
      className="choices"
      data-testid={testId}
      aria-labelledby={labelledBy}
      aria-describedby={rest.describedBy || undefined}
      aria-invalid={rest.invalid}
      disabled={rest.disabled}
    >
      {options.map((option) => (
        <label key={option.value}>
          <input
            type={kind}
            name={name}
            value={option.value}
            checked={picked.includes(option.value)}
            onChange={() => toggle(option.value)}
          />
          <span>
            {option.label}
            {option.description && <small>{option.description}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
