import { type Card, command, paragraph } from '../card/card.ts';
import { type Line, line } from '../card/line.ts';
import { type RoleName, roleTitle } from '../plan/roles.ts';

/** The notice to whoever leads a release that somebody in it can't be reached any more. */
export function unreachableMessage(facts: {
  releaseKey: string;
  name: string;
  /** The roles they hold, and who stands in for each; null: nobody. */
  roles: readonly { role: RoleName; standIn: string | null }[];
}): Card {
  const { releaseKey, name, roles } = facts;
  const summary = `${releaseKey}: ${name} can't be reached`;
  return {
    summary,
    blocks: [
      paragraph(
        `${summary}. Their account takes no messages from me: it was closed, or they removed or blocked the app.`,
      ),
      ...roles.map(({ role, standIn }) => paragraph(consequence(releaseKey, role, standIn))),
    ],
  };
}

function consequence(releaseKey: string, role: RoleName, standIn: string | null): Line {
  const title = roleTitle(role);
  const reassign = command('release', `reassign ${releaseKey} ${title}`);
  return standIn === null
    ? line`${title}: there is no backup. Please ask them to add the app again, or name somebody else with ${reassign}.`
    : line`${title}: ${standIn}, the backup, stands in and takes over what is open. To name somebody else for good, use ${reassign}.`;
}
