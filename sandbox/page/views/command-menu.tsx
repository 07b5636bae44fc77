import type { Suggestion } from '../text/complete-command.ts';

interface Props {
  id: string;
  suggestions: Suggestion[];
  chosen: number;
  onTake: (index: number) => void;
}

/** What could be typed next, above the composer. */
export function CommandMenu({ id, suggestions, chosen, onTake }: Props) {
  return (
    <div className="command-menu" data-testid="command-menu">
      <div id={id} role="listbox" aria-label="What to type next">
        {suggestions.map((suggestion, index) => (
          <button
            key={suggestion.insert}
            type="button"
            id={optionId(id, index)}
            role="option"
            aria-selected={index === chosen}
            tabIndex={-1}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onTake(index)}
          >
            <span>
              <strong>{suggestion.label}</strong> <code>{suggestion.hint}</code>
            </span>
            {suggestion.description && <small>{suggestion.description}</small>}
          </button>
        ))}
      </div>
      <p>
        <kbd>↑</kbd> <kbd>↓</kbd> choose · <kbd>Tab</kbd> completes · <kbd>Esc</kbd> closes
      </p>
    </div>
  );
}

/** The DOM id of a suggestion, for `aria-activedescendant`. */
export function optionId(menuId: string, index: number): string {
  return `${menuId}-${index}`;
}
