import { useEffect } from 'react';
import type { PageState } from '../store/state.ts';
import { dispatch } from '../store/store.ts';

const THEMES: Record<PageState['theme'], string> = {
  system: 'Match the system',
  light: 'Light',
  dark: 'Dark',
};

/** Light or dark, or as the system has it. */
export function ThemeSelect({ theme }: { theme: PageState['theme'] }) {
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  return (
    <select
      className="theme"
      aria-label="Appearance"
      data-testid="theme"
      value={theme}
      onChange={({ target }) => dispatch({ type: 'theme', theme: target.value as PageState['theme'] })}
    >
      {Object.entries(THEMES).map(([name, label]) => (
        <option key={name} value={name}>
          {label}
        </option>
      ))}
    </select>
  );
}
