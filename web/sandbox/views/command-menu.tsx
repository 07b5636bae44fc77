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
    <div className="command-menu" id={id} role="listbox" aria-label="Commands" data-testid="command-menu">
      {suggestions.map((suggestion, index) => (
        <button
          key={suggestion.insert}
          type="button"
          role="option"
          aria-selected={index === chosen}
          tabIndex={-1}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(index)}
        >
          <span className="command-line">
            <strong>{suggestion.label}</strong> <code>{suggestion.hint}</code>
          </span>
          {suggestion.description && <small>{suggestion.description}</small>}
        </button>
      ))}
      <p>
        <kbd>Tab</kbd> completes · <kbd>↑</kbd> <kbd>↓</kbd> choose · <kbd>Enter</kbd> sends
      </p>
    </div>
  );
}
