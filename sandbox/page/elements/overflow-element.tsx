import type { Overflow } from '@slack/types';

/** The “⋯” menu: picks one option, and is back at “⋯”. */
export function OverflowElement({ element, onPick }: { element: Overflow; onPick: (value: string) => void }) {
  return (
    <select
      className="overflow"
      aria-label="More actions"
      data-testid={`action-${element.action_id ?? ''}`}
      value=""
      onChange={({ target }) => onPick(target.value)}
    >
      <option value="">⋯</option>
      {element.options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.text.text}
        </option>
      ))}
    </select>
  );
}
