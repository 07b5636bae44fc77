import type { Button } from '../card/card.ts';

/** Asks for the next phase. The percentage goes along, so that an old message promotes to nothing else than it says. */
export function promoteButton({
  releaseKey,
  trafficPercent,
}: {
  releaseKey: string;
  trafficPercent: number;
}): Button {
  const label = `Promote to ${trafficPercent} %`;
  return {
    action: 'promote',
    label,
    style: 'primary',
    value: JSON.stringify({ releaseKey, trafficPercent }),
    confirm: {
      title: `${label}?`,
      text: `This sends traffic to ${releaseKey}. Approval, go-live, soak and gates are checked first; if one of them fails, nothing changes and you'll see why.`,
      confirm: label,
      deny: 'Not now',
    },
  };
}

/** Opens the confirmation of a rollback. */
export function rollBackButton(releaseKey: string): Button {
  const value = JSON.stringify({ releaseKey });
  return { action: 'roll-back', label: 'Roll back…', style: 'danger', value };
}
