import { capitalize } from '../../lib/capitalize.ts';
import { listWords } from '../../lib/list-words.ts';
import { type Button, type Card, command, paragraph } from '../card/card.ts';
import { type Line, line } from '../card/line.ts';
import type { Identity } from '../people/identity.ts';

/** A platform as people read its name. */
export function platformName(platform: string): string {
  return capitalize(platform);
}

/** Asks a person whether an account of another platform is theirs, too. `isClaimed`: its holder has said so. */
export function matchMessage({
  account,
  email,
  isClaimed,
}: {
  account: Identity;
  email: string;
  isClaimed: boolean;
}): Card {
  const where = platformName(account.platform);
  const summary = `Is the account on ${where} with the address ${email} yours?`;
  const why = isClaimed
    ? `Its owner says that it belongs to the same person as this one. If you don't recognise it, say that it's not yours.`
    : `It has the same e-mail address as this one.`;
  return {
    summary,
    blocks: [
      paragraph(`${summary} ${why}`),
      paragraph(
        `If it is, tminus will treat you as one person on both sides, with the same roles, rights and votes. Confirm it once on each side; until then the other account has none of your rights.`,
      ),
      matchButtons(account, ['mine', 'not-mine']),
    ],
  };
}

/** For somebody who is refused and has an account with the same address elsewhere. */
export function connectHint(platforms: readonly string[]): Line {
  const where = listWords(platforms.map(platformName));
  return line`An account on ${where} has your e-mail address. If it is yours, connect it with ${command('release', 'me')}.`;
}

const labels = { mine: "It's mine", 'not-mine': 'Not mine' } as const;

/** What a person can say of another account. */
export function matchButtons(
  { platform, id }: Identity,
  answers: readonly ('mine' | 'not-mine')[],
): { type: 'actions'; buttons: Button[] } {
  const value = JSON.stringify({ platform, id });
  const buttons = answers.map(
    (answer): Button =>
      answer === 'mine'
        ? { action: 'connect-account', label: labels.mine, style: 'primary', value }
        : { action: 'decline-account', label: labels['not-mine'], value },
  );
  return { type: 'actions', buttons };
}
