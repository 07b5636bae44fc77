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

/** Opens the form of a pause of the rollout. */
export function pauseRolloutButton(releaseKey: string): Button {
  return { action: 'pause-rollout', label: 'Pause…', value: JSON.stringify({ releaseKey }) };
}

/** Lets a paused rollout go on. */
export function resumeRolloutButton(releaseKey: string): Button {
  return {
    action: 'resume-rollout',
    label: 'Resume',
    style: 'primary',
    value: JSON.stringify({ releaseKey }),
    confirm: {
      title: 'Resume the rollout?',
      text: `${releaseKey} can be promoted again, and a promotion that was stopped in the middle goes on.`,
      confirm: 'Resume',
      deny: 'Not now',
    },
  };
}

/** Opens the confirmation of an abort. */
export function abortRolloutButton(releaseKey: string): Button {
  return { action: 'abort-rollout', label: 'Abort…', value: JSON.stringify({ releaseKey }) };
}

/** Repeats an operation that failed. Its id goes along, so that an old card repeats nothing else. */
export function retryButton({
  releaseKey,
  operationId,
}: {
  releaseKey: string;
  operationId: string;
}): Button {
  return {
    action: 'retry-operation',
    label: 'Try again',
    value: JSON.stringify({ releaseKey, operationId }),
    confirm: {
      title: 'Try it again?',
      text: `What failed last for ${releaseKey} is asked for once more. Every condition is checked first.`,
      confirm: 'Try again',
      deny: 'Not now',
    },
  };
}
