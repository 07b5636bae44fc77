import { type Platform, platformNames, platformsHere } from '../platform.ts';
import { switchTo } from '../store/live.ts';

/** Slack or Teams: the same people, channels and clock. Nothing where there is only one. */
export function PlatformSwitch({ platform }: { platform: Platform }) {
  const platforms = platformsHere();
  if (platforms.length < 2) return null;
  return (
    <fieldset className="platforms" aria-label="Where you are">
      {platforms.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={each === platform}
          data-testid={`platform-${each}`}
          onClick={() => each !== platform && switchTo(each)}
        >
          {platformNames[each]}
        </button>
      ))}
    </fieldset>
  );
}
