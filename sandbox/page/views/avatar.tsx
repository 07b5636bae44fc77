import type { Person } from '../../control-api.ts';

/** A person's initials on their colour; without a person, the app's mark. */
export function Avatar({ person, size = 36 }: { person: Person | undefined; size?: number }) {
  const style = { width: size, height: size, fontSize: size * 0.38 };
  if (!person) {
    return (
      <span className="avatar app" style={style} aria-hidden="true">
        T−
      </span>
    );
  }
  return (
    <span className="avatar" style={{ ...style, background: person.color }} aria-hidden="true">
      {initials(person.realName)}
    </span>
  );
}

/** First letters of the first and the last name. */
export function initials(realName: string): string {
  const words = realName.split(/\s+/).filter(Boolean);
  const letters = [words.at(0), words.length > 1 ? words.at(-1) : undefined];
  return letters.map((word) => (word ? [...word][0] : '')).join('');
}
