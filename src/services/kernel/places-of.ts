import { type Line, line } from '../../core/card/line.ts';
import type { Release } from '../../db/queries/load-release.ts';

/** Where something goes, as its plan names it; a channel that the platform knows is linked. */
export function placesOf(
  { destinations }: Pick<Release, 'destinations'>,
  addresses: readonly string[],
): Line {
  return addresses.reduce<Line>((shown, address, index) => {
    const found = destinations.find((one) => one.address === address);
    const place = { type: 'place' as const, name: address, destination: found?.destination ?? null };
    return line`${shown}${index === 0 ? '' : ', '}${place}`;
  }, '');
}
