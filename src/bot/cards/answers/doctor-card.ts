import { type Block, bold, type Card, type Inline, paragraph, text } from '../../../core/card/card.ts';
import { type Finding, type FindingState, sumUp, worstFirst } from '../../../core/doctor/finding.ts';

const marks: Record<FindingState, string> = { well: '✅', unsure: '⚠️', unwell: '❌' };

/** How tminus itself is doing, the worst first. */
export function doctorCard(findings: readonly Finding[]): Card {
  const summary = sumUp(findings);
  const toDo = worstFirst(findings).filter(({ state }) => state !== 'well');
  const well = findings.filter(({ state }) => state === 'well');
  return {
    summary,
    blocks: [
      { type: 'header', text: summary },
      ...listOf(toDo),
      ...(toDo.length > 0 && well.length > 0 ? [paragraph('The rest is well:')] : []),
      ...listOf(well),
    ],
  };
}

function listOf(findings: readonly Finding[]): Block[] {
  if (findings.length === 0) return [];
  return [{ type: 'list', ordered: false, items: findings.map(item) }];
}

function item({ part, state, says }: Finding): Inline[] {
  return [text(`${marks[state]} `), bold(part), text(`: ${says}`)];
}
