import {
  type Block,
  bold,
  type Card,
  command,
  type Inline,
  note,
  paragraph,
  text,
} from '../../../core/card/card.ts';
import { type Line, line } from '../../../core/card/line.ts';
import type { Plan } from '../../../core/plan/plan.ts';
import {
  type AssessedFactor,
  assessRisk,
  MOST_POINTS,
  type RiskAssessment,
} from '../../../core/risk/assess-risk.ts';
import { describeLimits } from '../../../core/risk/risk-matrix.ts';
import { riskMarks } from '../parts/risk-line.ts';

/** The risk of a release with what adds to it and what to do, for somebody who asks. `maySet`: they may change it. */
export function riskCard(plan: Plan, { maySet }: { maySet: boolean }): Card {
  const risk = assessRisk(plan);
  const summary = `${riskMarks[risk.level]} Risk of ${plan.release}: ${risk.level}`;
  return {
    summary,
    blocks: [
      { type: 'header', text: `${summary} · ${risk.score} of ${MOST_POINTS} points` },
      ...(risk.exceedsTolerance ? [paragraph(toleranceLine(plan))] : []),
      { type: 'list', ordered: false, items: risk.factors.map(factorItem) },
      ...mitigationBlocks(risk),
      paragraph(strategyLine(plan, risk)),
      note(
        `At risk tolerance ${plan.riskTolerance}, roll back at an ${describeLimits(plan.riskTolerance)}. I don't roll back by myself.`,
      ),
      ...(maySet ? setBlocks(plan.release) : []),
    ],
  };
}

function toleranceLine({ release, riskTolerance }: Plan): Line {
  return line`This is more than the plan accepts (risk tolerance ${riskTolerance}). Lower a factor, or change riskTolerance with ${command('release', `import ${release}`)}.`;
}

function factorItem({ title, value, meaning, points, isGiven, because }: AssessedFactor): Inline[] {
  const from = isGiven ? '' : because === null ? ', assumed' : `, derived from ${because}`;
  return [bold(`${title}: `), text(`${value} (${meaning}), ${points} of 2${from}`)];
}

function mitigationBlocks({ mitigations }: RiskAssessment): Block[] {
  if (mitigations.length === 0) return [];
  return [
    paragraph(bold('What to do, most important first')),
    { type: 'list', ordered: true, items: mitigations.map((mitigation) => [text(mitigation)]) },
  ];
}

function strategyLine({ rollout }: Plan, { recommendedStrategy: recommended }: RiskAssessment): Line {
  const same = rollout.strategy === recommended;
  return `Recommended strategy: ${recommended}${same ? ', as planned' : `; the plan has ${rollout.strategy}`}.`;
}

function setBlocks(releaseKey: string): Block[] {
  const value = JSON.stringify({ releaseKey });
  return [{ type: 'actions', buttons: [{ action: 'set-risk', label: 'Set factors…', value }] }];
}
