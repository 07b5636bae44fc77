import { expect, it } from 'vitest';
import { type Button, type Card, paragraph, request } from '../../../src/core/card/card.ts';
import { hasLapsingButton, withOfferedButtons } from '../../../src/core/card/offered-buttons.ts';

const go: Button = { action: 'vote-go', label: 'Go', value: '{"pollId":"1"}' };
const noGo: Button = { action: 'vote-no-go', label: 'No-go…', value: '{"pollId":"1"}' };
const follow: Button = { action: 'follow-release', label: 'Follow', value: '{}' };
const settle: Button = { action: 'settle-delivery', label: 'It arrived', value: '{}' };
const withButtons = (...buttons: Button[]): Card => ({
  summary: 'Asked',
  blocks: [paragraph('Please vote.'), { type: 'actions', buttons }],
});
const outOfDate = {
  type: 'note',
  content: [{ type: 'text', text: 'Out of date. The live card shows where things stand.' }],
};

it('knows a message whose buttons will be refused one day', () => {
  expect(hasLapsingButton(withButtons(follow, go))).toBe(true);
  expect(hasLapsingButton(withButtons(settle))).toBe(true);
  expect(hasLapsingButton(withButtons(follow))).toBe(false);
  expect(hasLapsingButton({ summary: 'Told', blocks: [paragraph('Told.')] })).toBe(false);
});

it('keeps what is offered, and what is never refused', () => {
  expect(withOfferedButtons(withButtons(go, noGo, follow), [go])).toEqual(withButtons(go, follow));
});

it('says that a message is out of date once all buttons of a row are gone', () => {
  const { blocks, summary } = withOfferedButtons(withButtons(go, noGo), []);
  expect({ blocks, summary }).toEqual({ summary: 'Asked', blocks: [paragraph('Please vote.'), outOfDate] });
});

it('does not offer for one poll what is offered for another', () => {
  const other = { ...go, value: '{"pollId":"2"}' };
  expect(withOfferedButtons(withButtons(other), [go]).blocks[1]).toEqual(outOfDate);
});

it('asks nobody any more once the buttons are gone, and as long as one of them is there', () => {
  const { blocks } = withButtons(go, noGo);
  const asking = { summary: 'Asked', blocks: [request('Dana: vote.'), ...blocks] };
  expect(withOfferedButtons(asking, [go]).blocks[0]).toEqual(request('Dana: vote.'));
  expect(withOfferedButtons(asking, []).blocks).toEqual([paragraph('Please vote.'), outOfDate]);
});

it('says that a question is settled once its answers are gone', () => {
  const [, row] = withOfferedButtons(withButtons(settle), []).blocks;
  expect(row).toEqual({ type: 'note', content: [{ type: 'text', text: 'This is settled.' }] });
});
