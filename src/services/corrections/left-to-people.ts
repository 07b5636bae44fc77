import {
  FACT_NAMES,
  FACTS,
  type FactChanges,
  type FactName,
  IN_FIXED_WORDS,
} from '../../core/facts/facts.ts';
import { heldFacts, staleAfter } from '../../core/facts/plan-corrections.ts';
import type { OldNews } from '../../core/messages/edited-message.ts';
import { loadStatements, type StatedMessage } from '../../db/queries/facts.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { groupBy } from '../../lib/group-by.ts';
import { readerAt } from '../kernel/recipients.ts';
import type { Scope } from '../kernel/scope.ts';
import { titleOf } from './correction-subject.ts';
import { factsAt } from './facts-at.ts';
import { readByCustomers } from './who-wants-more.ts';

/**
 * What is no longer so of what customers hold, and is not corrected by itself: it is in words that nobody has approved
 * for them. `here`: all that was said at one place.
 */
export function leftToPeople(release: Release, here: readonly StatedMessage[]): FactName[] {
  const [first] = here;
  if (!first || !readByCustomers(here)) return [];
  return staleAfter(here, factsAt(release, first.destination)).filter(
    (name) => !IN_FIXED_WORDS.includes(name),
  );
}

/** What a change has made untrue of what customers were told, and is left to people; null when nothing. */
export async function oldNewsOfCustomers(
  { tx }: Scope,
  release: Release,
  changes: FactChanges,
): Promise<OldNews | null> {
  const places = groupBy(await loadStatements(tx, release.id), ({ destination }) => readerAt(destination));
  const old = [...places.values()].flatMap((here) => {
    const held = heldFacts(here);
    return leftToPeople(release, here).flatMap((name) => {
      const told = held.get(name)?.statement;
      return told ? [{ name, title: told.title ?? titleOf(told.subject) }] : [];
    });
  });
  const names = FACT_NAMES.filter((name) => changes[name] && old.some((one) => one.name === name));
  if (names.length === 0) return null;
  const titles = old.flatMap(({ name, title }) => (names.includes(name) ? [title] : []));
  return { facts: names.map((name) => FACTS[name].title), titles: [...new Set(titles)] };
}
