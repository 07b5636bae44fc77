import { type Block, bold, type Card, type Inline, note, paragraph } from '../../../core/card/card.ts';
import { inlines, type Line, line } from '../../../core/card/line.ts';
import { localDate } from '../../../core/card/local-date.ts';
import { FACT_NAMES, FACTS, type FactName, type StatedFacts } from '../../../core/facts/facts.ts';
import { describeStated, describeWave } from '../../../core/messages/describe-facts.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import { countWords } from '../../../lib/count-words.ts';
import type { Holder } from '../../../services/corrections/list-holders.ts';
import { personAt } from '../../../services/kernel/person-destination.ts';
import { findAddress } from '../../../services/release/destinations-for.ts';
import { releaseName } from '../parts/release-name.ts';

/** Who was told what about a release and when, for somebody who asks. What is out of date is marked. */
export function whoKnowsCard(release: Release, holders: readonly Holder[]): Card {
  const stale = holders.filter((holder) => holder.stale.length > 0);
  return {
    summary: `Who knows what about ${release.key}`,
    blocks: [
      { type: 'header', text: `📣 ${releaseName(release)}: who knows what` },
      paragraph(standing(release, { all: holders.length, stale: stale.length })),
      ...part('Out of date', release, stale),
      ...part(
        release.state === 'cancelled' ? 'Told before it was cancelled' : 'Up to date',
        release,
        holders.filter((holder) => holder.stale.length === 0),
      ),
      note('Live cards are always up to date and are not listed.'),
    ],
  };
}

function standing({ state }: Release, { all, stale }: { all: number; stale: number }): string {
  if (all === 0) return 'Nobody has been told anything yet.';
  const told = `${countWords(all, 'place')} ${all === 1 ? 'has' : 'have'} been told.`;
  if (state === 'cancelled') {
    return `${told} ⚠️ It was cancelled, so it does not go live: what was announced no longer applies.`;
  }
  return stale === 0
    ? `${told} Everything ${all === 1 ? 'it was' : 'they were'} told is up to date.`
    : `${told} ⚠️ ${stale === 1 ? 'One was' : `${stale} were`} told something that is now out of date.`;
}

function part(title: string, release: Release, holders: readonly Holder[]): Block[] {
  if (holders.length === 0) return [];
  const items = holders.map((holder) => holderLine(release, holder));
  return [paragraph(bold(`${title} (${holders.length})`)), { type: 'list', ordered: false, items }];
}

function holderLine(release: Release, holder: Holder): Inline[] {
  const { audiences, holds, stale, told } = holder;
  const mark = stale.length > 0 || release.state === 'cancelled' ? '⚠️' : '✅';
  const whom = audiences.length > 0 ? ` (${audiences.join('; ')})` : '';
  const message: Inline =
    told.url === null
      ? { type: 'text', text: told.title }
      : { type: 'link', url: told.url, text: told.title };
  const when = line`${localDate(told.at, release.plan.goLive.zone)}${told.mayHaveArrived ? ', not known whether it arrived' : ''}`;
  return inlines(
    line`${mark} ${placeOf(release, holder)}${whom}: ${factLine(holds, stale)}. Told ${when}: ${message}.${fate(holder)}`,
  );
}

function placeOf(release: Release, { destination, ofList }: Holder): Inline {
  if (ofList) {
    const { address, recipients } = ofList;
    return { type: 'text', text: `${countWords(recipients, 'recipient')} of ${address}` };
  }
  if (destination.kind === 'person') {
    return { type: 'text', text: personAt(release, destination)?.name ?? 'a direct message' };
  }
  return { type: 'place', name: findAddress(release, destination) ?? destination.id, destination };
}

/** Go-live and version with their values; of what is longer, only that they have it. What is old is marked. */
function factLine(holds: StatedFacts, stale: readonly FactName[]): Line {
  const goLive = FACT_NAMES.filter(
    (name) => (name === 'date' || name === 'time') && holds[name] !== undefined,
  );
  const others = FACT_NAMES.filter(
    (name) => !goLive.includes(name) && name !== 'wave' && holds[name] !== undefined,
  );
  const old = (names: readonly FactName[]) => (names.some((name) => stale.includes(name)) ? ' (old)' : '');
  const said: Line[] = [
    ...(goLive.length > 0 ? [line`go-live ${describeStated(holds)}${old(goLive)}`] : []),
    ...(holds.wave === undefined ? [] : [line`upgrade ${describeWave(holds)}${old(['wave'])}`]),
    ...others.map((name) => `${factWords(name, holds)}${old([name])}`),
  ];
  return said.reduce<Line>((shown, one, index) => line`${shown}${index === 0 ? '' : ', '}${one}`, '');
}

function factWords(name: FactName, holds: StatedFacts): string {
  const isShort = name === 'version' || name === 'type';
  return isShort ? `${FACTS[name].title} ${String(holds[name])}` : FACTS[name].title;
}

function fate({ stale, isBeingCorrected, isLeftToPeople }: Holder): string {
  if (stale.length === 0) return '';
  const rest = isLeftToPeople
    ? ' Customers read this, so what is in the release is not corrected without approval: tell them if they need to know.'
    : '';
  if (isBeingCorrected) return ` A correction is on its way.${rest}`;
  return rest || " It won't be corrected: the correction could not be delivered, or the release has ended.";
}
