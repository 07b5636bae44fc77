import {
  type Block,
  type Button,
  type Card,
  command,
  note,
  paragraph,
  text,
} from '../../../core/card/card.ts';
import { type Line, line } from '../../../core/card/line.ts';
import { matchButtons, platformName } from '../../../core/messages/account-message.ts';
import { isSameIdentity } from '../../../core/people/identity.ts';
import { roleTitle } from '../../../core/plan/roles.ts';
import { type ReleaseState, releaseStateTitles } from '../../../core/release/release-state.ts';
import type { OwnAccounts, OwnRole } from '../../../services/people/list-accounts.ts';
import { subscriptionNotes } from '../parts/subscription-notes.ts';

/** Somebody's accounts, shown to themselves: which are connected, which could be, and what they may do by them. */
export function accountsCard(own: OwnAccounts): Card {
  const summary = 'Your accounts and roles';
  return {
    summary,
    blocks: [
      { type: 'header', text: summary },
      { type: 'list', ordered: false, items: [...own.accounts.map((one) => [accountItem(own, one)])] },
      ...ownButtons(own),
      ...own.matches.flatMap((match) => matchBlocks(own, match)),
      ...roleBlocks(own),
      ...subscriptionNotes(own.subscriptions),
    ],
  };
}

type Account = OwnAccounts['accounts'][number];

function accountItem({ asked }: OwnAccounts, account: Account) {
  const words = [
    isSameIdentity(account, asked) ? 'this account' : null,
    account.isConnected ? 'connected' : null,
    account.isPreferred ? 'direct messages go here' : null,
    account.isUnreachable ? "can't receive messages" : null,
  ].filter((word) => word !== null);
  const value = words.length > 0 ? `: ${words.join(', ')}` : '';
  return { type: 'text' as const, text: `${platformName(account.platform)}${value}` };
}

/** Where there is more than one account: where messages go, and the way to undo a connection. */
function ownButtons({ accounts }: OwnAccounts): Block[] {
  if (accounts.length < 2) return [];
  const buttons = accounts.flatMap((account): Button[] => {
    const where = platformName(account.platform);
    const value = JSON.stringify({ platform: account.platform, id: account.id });
    const prefer: Button = { action: 'prefer-account', label: `Write to me on ${where}`, value };
    const undo: Button = {
      action: 'disconnect-account',
      label: `Disconnect ${where}`,
      style: 'danger',
      value,
      confirm: {
        title: `Disconnect ${where}?`,
        text: 'tminus will then treat that account as somebody else, without your roles. Nothing that you did with it is undone.',
        confirm: 'Disconnect',
        deny: 'Keep it',
      },
    };
    const canPrefer = !account.isPreferred && !account.isUnreachable;
    return [...(canPrefer ? [prefer] : []), ...(account.isConnected ? [undo] : [])];
  });
  return buttons.length > 0 ? [{ type: 'actions', buttons }] : [];
}

function matchBlocks({ email }: OwnAccounts, { account, answer }: OwnAccounts['matches'][number]): Block[] {
  const where = platformName(account.platform);
  const has = `An account on ${where} has your e-mail address, ${email}.`;
  switch (answer) {
    case null:
      return [
        paragraph(`${has} If it is yours, connect it here and confirm it there.`),
        matchButtons(account, ['mine', 'not-mine']),
      ];
    case 'mine':
      return [
        paragraph(
          line`${has} You have said that it is yours. Confirm that on ${where}: answer my message, or use ${command('release', 'me')} there.`,
        ),
        matchButtons(account, ['not-mine']),
      ];
    case 'not_mine':
      return [paragraph(`${has} You have said that it is not yours.`), matchButtons(account, ['mine'])];
  }
}

function roleBlocks({ roles, email }: OwnAccounts): Block[] {
  if (roles.length === 0) return [note(noRole(email))];
  const items = roles.map((own) => [text(roleWords(own))]);
  const ended = roles.every(({ state }) => isEnded(state));
  const before = ended ? [note('You have no role in a release that is under way. Your last roles:')] : [];
  return [...before, { type: 'list', ordered: false, items }];
}

function roleWords({ releaseKey, state, role, position }: OwnRole): string {
  const title = `${position === 'backup' ? 'Backup of the ' : ''}${roleTitle(role)} of ${releaseKey}`;
  return isEnded(state) ? `${title}, which was ${releaseStateTitles[state]}` : title;
}

/** What is completed can still be rolled back, so its roles are still of use. */
function isEnded(state: ReleaseState): boolean {
  return state === 'rolled_back' || state === 'cancelled';
}

function noRole(email: string | null): Line {
  const known = email === null ? "this account doesn't show me one" : line`this account has ${email}`;
  return line`You don't have a role in any release. Plans give roles by e-mail address; ${known}.`;
}
