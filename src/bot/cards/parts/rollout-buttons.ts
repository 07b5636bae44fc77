import type { Button, Confirmation } from '../../../core/card/card.ts';
import type { Release } from '../../../db/queries/load-release.ts';

/** Takes the rollout to its next phase. */
export function promoteButton(release: Release, trafficPercent: number): Button {
  // The percentage goes along, so that a card that is out of date promotes to nothing else than it says.
  const value = JSON.stringify({ releaseKey: release.key, trafficPercent });
  const label = `Promote to ${trafficPercent} %`;
  return { action: 'promote', label, style: 'primary', value, confirm: promoting(release, label) };
}

/** Asks for a reason, then takes all traffic back. */
export function rollbackButton({ key }: Release): Button {
  const value = JSON.stringify({ releaseKey: key });
  return { action: 'roll-back', label: 'Roll back…', style: 'danger', value };
}

/** A promotion reaches users, and only the rollback of the whole release takes it back. */
function promoting({ key }: Release, label: string): Confirmation {
  return {
    title: `${label}?`,
    text: `This sends traffic to ${key}. Approval, go-live, soak and gates are checked first; if one of them fails, nothing changes and you'll see why.`,
    confirm: label,
    deny: 'Not now',
  };
}
