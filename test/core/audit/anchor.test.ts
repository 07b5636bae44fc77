import { expect, it } from 'vitest';
import { anchorOf, anchorText, readAnchorLines } from '../../../src/core/audit/anchor.ts';
import { makeCheckpoint } from '../../../src/core/audit/checkpoint.ts';
import { anchorMessage } from '../../../src/core/messages/anchor-message.ts';
import { cardText } from '../../../src/core/template/card-text.ts';
import { makeTrailKeys } from '../../support/trail-keys.ts';

const { signer } = makeTrailKeys();
const first = makeCheckpoint(null, { at: 0, grown: [] }, signer);
const second = makeCheckpoint(first, { at: 1, grown: [] }, signer);
const short = ({ seq, hash }: typeof first) => ({ seq, hash });

it('reads checkpoints from a file of them, and from a channel that was copied', () => {
  expect(readAnchorLines(`${JSON.stringify(first)}\n\n${JSON.stringify(second)}\n`)).toEqual([
    anchorOf(first),
    anchorOf(second),
  ]);
  const copied = [first, second]
    .map((one) => `tminus APP  10:00 AM\n${cardText(anchorMessage(one))}`)
    .join('\n\n');
  expect(readAnchorLines(copied)).toEqual([short(first), short(second)]);
  expect(readAnchorLines(`${JSON.stringify(first)}\n> ${anchorText(second)}`)).toEqual([
    anchorOf(first),
    short(second),
  ]);
});

it.each([
  ['{"seq":1}', 'line 1 is not a checkpoint'],
  [`${anchorText(first)}\n${anchorText(second).slice(0, -1)}`, 'line 2 is not a checkpoint'],
  ['Nothing of the kind.', 'there is no checkpoint of an audit trail in it'],
  ['', 'there is no checkpoint of an audit trail in it'],
])('says which line of %j is none', (text, problem) => {
  expect(() => readAnchorLines(text)).toThrow(problem);
});
