import type { ControlProps } from './control-props.ts';
import type { Choice } from './options.ts';

/** One of several, as the browser's own menu: it works with keyboard and screen reader as people know it. */
export function SelectControl({ element, options, value, onChange, testId, id, ...rest }: Props) {
  const placeholder = 'placeholder' in element ? element.placeholder?.text : undefined;
  const groups = [...new Set(options.map(({ group }) => group))];
  return (
    <select
      id={id}
      data-testid={testId}
      aria-label={rest.labelledBy ? undefined : (placeholder ?? 'Choose')}
      aria-describedby={rest.describedBy || undefined}
      aria-invalid={rest.invalid}
      disabled={rest.disabled}
      value={typeof value === 'string' ? value : ''}
      onChange={({ target }) => onChange(target.value)}
    >
      <option value="">{placeholder ?? 'Choose…'}</option>
      {groups.map((group) =>
        group === undefined ? (
          <Options key="" options={options.filter((option) => option.group === undefined)} />
        ) : (
          <optgroup key={group} label={group}>
            <Options options={options.filter((option) => option.group === group)} />
          </optgroup>
        ),
      )}
    </select>
  );
}

interface Props extends ControlProps {
  options: Choice[];
}

function Options({ options }: { options: Choice[] }) {
  return options.map(({ value, label, description }) => (
    <option key={value} value={value}>
      {description ? `${label} (${description})` : label}
    </option>
  ));
}
