import { describeInstant } from '../../../core/calendar/describe-instant.ts';
import { type Block, bold, command, type Inline, paragraph } from '../../../core/card/card.ts';
import { inlines, type Line, line } from '../../../core/card/line.ts';
import { localDate } from '../../../core/card/local-date.ts';
import { countWords } from '../../../lib/count-words.ts';
import { listWords } from '../../../lib/list-words.ts';
import type { CorrectedPlace } from '../../../services/lifecycle/corrected-places.ts';
import type { MoveForecast } from '../../../services/lifecycle/forecast-move.ts';

/** So many messages that move, and so many places, are listed. */
const mostListed = 5;

/** What moving go-live would do, for whoever has to confirm it. */
export function foreseenMoveBlocks({ releaseKey, plan, foreseen }: MoveForecast): Block[] {
  const { zone } = plan.goLive;
  return [
    paragraph(
      bold('New go-live: '),
      line`${describeInstant(foreseen.goLiveAt, zone)}. It is ${describeInstant(foreseen.before, zone)} now.`,
    ),
    ...decisionBlocks(releaseKey, foreseen, zone),
    ...movedBlocks(foreseen, zone),
    ...correctedBlocks(foreseen),
    ...pastBlocks(foreseen),
    ...freezeBlocks(releaseKey, foreseen),
  ];
}

type Foreseen = MoveForecast['foreseen'];

function decisionBlocks(releaseKey: string, { decision }: Foreseen, zone: string): Block[] {
  const { goTakenBack, pollClosed, asksAt } = decision;
  if (!goTakenBack && !pollClosed) return [];
  const what = goTakenBack
    ? 'The go decision is for the old date and will no longer apply.'
    : 'The open go/no-go is for the old date and will be closed.';
  const next =
    asksAt === null
      ? line`Ask for a new one with ${command('release', `go-no-go ${releaseKey}`)}.`
      : line`The next one opens ${localDate(asksAt, zone)}.`;
  return [paragraph(line`⚠️ ${what} ${next}`)];
}

function movedBlocks({ moved }: Foreseen, zone: string): Block[] {
  if (moved.length === 0) return [paragraph('No message moves with it.')];
  const items = moved.map(({ title, from, to }) =>
    inlines(line`${title}: ${localDate(from, zone)} → ${localDate(to, zone)}`),
  );
  const title = `${countWords(moved.length, 'message')} ${moved.length === 1 ? 'moves' : 'move'} with it:`;
  return [paragraph(title), listOf(items)];
}

function correctedBlocks({ sent, corrected, followers }: Foreseen): Block[] {
  const before =
    sent.length === 0
      ? 'Nothing of the schedule has been sent yet.'
      : `${countWords(sent.length, 'message')} ${sent.length === 1 ? 'was' : 'were'} already sent and ${sent.length === 1 ? 'stays' : 'stay'}: ${shortList(sent)}.`;
  const people =
    followers === 0
      ? ''
      : ` and to ${followers} ${followers === 1 ? 'person who follows' : 'people who follow'} the release`;
  const channel = `The new date goes to the release's channel${people}.`;
  if (corrected.length === 0) return [paragraph(`${before} ${channel} Nobody else has the old date.`)];
  const where = `A correction goes to ${countWords(corrected.length, 'more place')} with the old date:`;
  return [paragraph(`${before} ${channel} ${where}`), listOf(corrected.map(placeWords))];
}

function placeWords({ destination, name, audiences, ofList }: CorrectedPlace): Inline[] {
  const whom = audiences.length > 0 ? ` (${audiences.join('; ')})` : '';
  if (ofList) return inlines(`${countWords(ofList.recipients, 'recipient')} of ${ofList.address}${whom}`);
  const place: Inline =
    destination.kind === 'person' ? { type: 'text', text: name } : { type: 'place', name, destination };
  return inlines(line`${place}${whom}`);
}

function pastBlocks({ past, expired, back }: Foreseen): Block[] {
  const said: Line[] = [
    ...(past.length > 0
      ? [`Their time will have passed, so the release manager is asked about each: ${shortList(past)}.`]
      : []),
    ...(expired.length > 0 ? [`Too late, so no longer sent: ${shortList(expired)}.`] : []),
    ...(back.length > 0 ? [`Sent after all, because their time is still to come: ${shortList(back)}.`] : []),
  ];
  return said.map((one) => paragraph(one));
}

function freezeBlocks(releaseKey: string, { freeze }: Foreseen): Block[] {
  return freeze === null
    ? []
    : [paragraph(`⚠️ The new date is in the freeze "${freeze}", which was broken for ${releaseKey}.`)];
}

function listOf(items: readonly Inline[][]): Block {
  const more = items.length - mostListed;
  const shown = items.slice(0, more > 1 ? mostListed : items.length);
  return {
    type: 'list',
    ordered: false,
    items: more > 1 ? [...shown, inlines(`${more} more.`)] : shown,
  };
}

function shortList(titles: readonly string[]): string {
  const more = titles.length - mostListed;
  return more > 1 ? listWords([...titles.slice(0, mostListed), `${more} more`]) : listWords(titles);
}
