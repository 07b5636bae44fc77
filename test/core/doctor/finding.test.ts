import { expect, it } from 'vitest';
import { type Finding, sumUp, worstFirst, worstOf } from '../../../src/core/doctor/finding.ts';

const well: Finding = { part: 'Database', state: 'well', says: 'It answers.' };
const unsure: Finding = { part: 'Redis', state: 'unsure', says: 'Set it to noeviction.' };
const unwell: Finding = { part: 'Slack', state: 'unwell', says: 'It lacks a permission.' };

it.each([
  [[well], 'well', 'Everything is well.'],
  [[well, unsure], 'unsure', 'Nothing is broken; look at Redis.'],
  [[well, unwell, unsure], 'unwell', 'Something is wrong with Slack.'],
  [[unwell, { ...unwell, part: 'Target prod' }], 'unwell', 'Something is wrong with Slack and Target prod.'],
])('sums up what was found', (findings, worst, said) => {
  expect(worstOf(findings)).toBe(worst);
  expect(sumUp(findings)).toBe(said);
});

it('says the worst first', () => {
  expect(worstFirst([well, unsure, unwell])).toEqual([unwell, unsure, well]);
});
