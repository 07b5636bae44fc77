import { listWords } from '../../lib/list-words.ts';
import { AUDIENCE_TITLES, type Audience, TENANTS } from '../plan/audiences.ts';
import type { ScheduleItem } from './derive-schedule.ts';

type Placed = Pick<ScheduleItem, 'addresses' | 'audience'>;

/** So many titles are named of an audience that is not reached. */
const shownTitles = 2;

/** Whether nobody would get an item: its audience has no default destination, and the plan names none. */
export function goesNowhere({ addresses }: Pick<Placed, 'addresses'>): boolean {
  return addresses.length === 0;
}

/** What an item lacks that goes nowhere: `no destination for customers. Add channels.customers`. */
export function describeMissing({ audience }: Pick<Placed, 'audience'>): string {
  return `no destination for ${AUDIENCE_TITLES[audience]}. Add ${fieldOf(audience)}`;
}

/** Where an item goes, in words. */
export function describePlaces(item: Placed): string {
  return goesNowhere(item) ? `nowhere (${describeMissing(item)})` : listWords(item.addresses);
}

/** A sentence for each audience that a schedule has something for and does not reach. */
export function describeNowhere(schedule: readonly (Placed & Pick<ScheduleItem, 'title'>)[]): string[] {
  const lost = schedule.filter(goesNowhere);
  const audiences = [...new Set(lost.map(({ audience }) => audience))];
  return audiences.map((audience) => {
    const titles = lost.flatMap((item) => (item.audience === audience ? [item.title] : []));
    const more = titles.length - shownTitles;
    const named = more > 1 ? [...titles.slice(0, shownTitles), `${more} more`] : titles;
    const verb = titles.length === 1 ? 'goes' : 'go';
    return `${listWords(named)} ${verb} nowhere: ${describeMissing({ audience })}.`;
  });
}

function fieldOf(audience: Audience): string {
  return audience === TENANTS ? TENANTS : `channels.${audience}`;
}
