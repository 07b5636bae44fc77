import { matchMessage } from '../../core/messages/account-message.ts';
import type { Identity } from '../../core/people/identity.ts';
import { accountMatches } from '../../db/schema/people.ts';
import { insertDelivery } from '../kernel/effects.ts';
import type { Scope } from '../kernel/scope.ts';

/** What the messages about accounts that may be one person's are called in the outbox. */
export const matchSubject = 'account-match';

/**
 * Notes that accounts on other platforms have the same e-mail address as a person's own, and asks the person about
 * each, once ever.
 */
export async function proposeMatches(
  scope: Scope,
  found: { email: string; accounts: readonly Identity[]; others: readonly Identity[] },
): Promise<void> {
  const [own] = found.accounts;
  if (!own) return;
  for (const other of found.others) {
    const isNew = await noteMatch(scope, { own, other, email: found.email });
    if (!isNew) continue;
    await askAbout(scope, { at: own, account: other, email: found.email, isClaimed: false });
  }
}

/** Writes both rows of a match unless they are there. False: it was known. */
export async function noteMatch(
  { tx }: Scope,
  { own, other, email }: { own: Identity; other: Identity; email: string },
): Promise<boolean> {
  const row = (one: Identity, two: Identity) => ({
    platform: one.platform,
    platformId: one.id,
    otherPlatform: two.platform,
    otherId: two.id,
    email,
  });
  const inserted = await tx
    .insert(accountMatches)
    .values([row(own, other), row(other, own)])
    .onConflictDoNothing()
    .returning({ platform: accountMatches.platform });
  return inserted.length > 0;
}

/** Puts the question about an account into the outbox, for the holder of another one. */
export async function askAbout(
  scope: Scope,
  question: { at: Identity; account: Identity; email: string; isClaimed: boolean },
): Promise<void> {
  const { at } = question;
  await insertDelivery(scope, {
    releaseId: null,
    destination: { channel: at.platform, kind: 'person', id: at.id },
    subject: matchSubject,
    content: matchMessage(question),
  });
}
