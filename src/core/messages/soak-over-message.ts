import { type Card, paragraph, request, text } from '../card/card.ts';
import { inlines, type Line, line } from '../card/line.ts';
import { localDate } from '../card/local-date.ts';
import { describePercent } from '../rollout/describe-percent.ts';
import type { GateResult } from '../rollout/evaluate-gate.ts';
import { describeFailure } from './gate-message.ts';
import { ask, mentions, type Named } from './mention.ts';
import { promoteButton, rollBackButton } from './rollout-buttons.ts';

/** A phase that has soaked. Shares are percent. */
interface SoakedPhase {
  releaseKey: string;
  trafficPercent: number;
  nextPercent: number;
  gates: readonly GateResult[];
  /** Who promotes. */
  mayPromote: readonly Named[];
}

/** The next phase can be asked for once a freeze is over; instants are epoch ms. */
export function frozenReadyMessage(
  phase: SoakedPhase,
  freeze: { name: string; until: number; zone: string },
): Card {
  const { nextPercent, mayPromote } = phase;
  const until = localDate(freeze.until, freeze.zone);
  const next = describePercent(nextPercent);
  const then =
    mayPromote.length > 0
      ? line`then ${mentions(mayPromote)}: promote to ${next} %`
      : `then it is ready for ${next} %`;
  return {
    summary: `${soaked(phase)}. Frozen`,
    blocks: [
      paragraph(`${soaked(phase)}.`),
      paragraph(line`❄️ The freeze "${freeze.name}" holds until ${until}; ${then}.`),
    ],
  };
}

/** The next phase can be asked for now. */
export function readyMessage(phase: SoakedPhase): Card {
  const { releaseKey, nextPercent, gates, mayPromote } = phase;
  const next = describePercent(nextPercent);
  const summary = `${soaked(phase)}. Ready for ${next} %`;
  const values = gates.map(({ title, value }) => `${title} ${value ?? 'unknown'}`);
  return {
    summary,
    blocks: [
      paragraph(`${soaked(phase)}.${values.length > 0 ? ` ${values.join(', ')}.` : ''}`),
      request(
        mayPromote.length > 0
          ? line`Ready, ${mentions(mayPromote)}: promote to ${next} %.`
          : `Ready to promote to ${next} %.`,
      ),
      { type: 'actions', buttons: [promoteButton({ releaseKey, trafficPercent: nextPercent })] },
    ],
  };
}

/** The next phase has to wait, and why. */
export function blockedMessage(phase: SoakedPhase): Card {
  const { releaseKey, nextPercent, gates, mayPromote } = phase;
  const summary = `${soaked(phase)}. Blocked`;
  const reasons = gates.flatMap((gate) => {
    if (gate.state === 'pass') return [];
    return [[text(gate.state === 'fail' ? describeFailure(gate) : gate.sentence)]];
  });
  return {
    summary,
    blocks: [
      paragraph(`${soaked(phase)}. ${describePercent(nextPercent)} % is blocked:`),
      { type: 'list', ordered: false, items: reasons },
      request(ask(mayPromote, "fix this or roll back. I'll say here when it's ready to promote.")),
      { type: 'actions', buttons: [rollBackButton(releaseKey)] },
    ],
  };
}

/** It was to go on by itself, and something holds it that only people can change. */
export function heldBackMessage(phase: SoakedPhase & { reasons: readonly Line[] }): Card {
  const { nextPercent, reasons, mayPromote } = phase;
  const next = describePercent(nextPercent);
  return {
    summary: `${soaked(phase)}. Held back`,
    blocks: [
      paragraph(`${soaked(phase)}. It would go on to ${next} % by itself, but:`),
      { type: 'list', ordered: false, items: reasons.map((reason) => inlines(reason)) },
      request(ask(mayPromote, 'once that is settled, it goes on by itself.')),
    ],
  };
}

function soaked({ releaseKey, trafficPercent }: SoakedPhase): string {
  return `${releaseKey}: the soak at ${describePercent(trafficPercent)} % is over`;
}
