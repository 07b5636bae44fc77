import { type Block, note } from '../../../core/card/card.ts';
import { line } from '../../../core/card/line.ts';
import { localDate } from '../../../core/card/local-date.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { ReleaseForecast } from '../../../services/forecast/forecast-of.ts';

/** How likely go-live is to hold, on how many releases that rests, and what costs most; nothing where nobody can say. */
export function forecastLines({ plan, goLiveAt }: Release, forecast: ReleaseForecast | null): Block[] {
  if (forecast === null) return [];
  const { chance, releases, held, product, costliest, costliestTitle } = forecast;
  const when = localDate(goLiveAt, plan.goLive.zone);
  const rests = `This rests on ${releases} earlier releases of ${product}; ${held} of them went live on their day.`;
  const cost =
    costliest === null
      ? ''
      : ` What costs most: “${costliestTitle}” is late. Without that: ${percent(costliest.chanceWithout)}.`;
  return [note(line`🔮 Chance that go-live ${when} holds: ${percent(chance)}. ${rests}${cost}`)];
}

/** Never certain: rounded to whole percent, 1 to 99. */
function percent(share: number): string {
  return `${Math.min(99, Math.max(1, Math.round(share * 100)))} %`;
}
