import { bold, type Card, command, note, paragraph } from '../card/card.ts';
import { line } from '../card/line.ts';
import type { Plan } from '../plan/plan.ts';

/** Tells a release's channel that it is planned, when it goes live and what comes first. */
export function plannedMessage(facts: {
  plan: Plan;
  /** The go-live instant in the release's zone. */
  goLive: string;
  plannedBy: string;
  next: { title: string; localTime: string } | null;
}): Card {
  const { plan, goLive, plannedBy, next } = facts;
  const summary = `${plan.release} is planned for ${goLive}`;
  const blocks: Card['blocks'] = [
    { type: 'header', text: `${plan.release} is planned` },
    paragraph(plan.summary),
    paragraph('Go-live: ', bold(goLive), `. Planned by ${plannedBy}.`),
  ];
  if (next) blocks.push(paragraph(`First on the schedule: ${next.title}, ${next.localTime}.`));
  blocks.push(note(line`See everything with ${command('release', `schedule ${plan.release}`)}.`));
  return { summary, blocks };
}
