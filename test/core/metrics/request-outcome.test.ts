import { describe, expect, it } from 'vitest';
import { createOutcomeReader, type OutcomeRule } from '../../../src/core/metrics/request-outcome.ts';

const read = (code: string, rule: Partial<OutcomeRule> = {}) =>
  createOutcomeReader({ codes: {}, otherCodes: 'unknown', ...rule })(code);

describe('how a request ended', () => {
  it.each(['200', '204', '302', '2xx', '2XX', '200 OK', 'OK', 'ok', 'success'])(
    'is a success with the code %j',
    (code) => expect(read(code)).toBe('success'),
  );

  it.each([
    '400',
    '404',
    '499',
    '4xx',
    '404 Not Found',
    'NOT_FOUND',
    'NotFound',
    'Cancelled',
    'Canceled',
    'InvalidArgument',
  ])("is the client's error with the code %j", (code) => expect(read(code)).toBe('client-error'));

  it.each([
    ...['500', '503', '5xx', '5XX', '503 Service Unavailable', '0', 'error', 'ERROR', 'timeout'],
    ...[
      'UNAVAILABLE',
      'Unavailable',
      'DEADLINE_EXCEEDED',
      'DeadlineExceeded',
      'Internal',
      'unknown',
      'data-loss',
    ],
  ])('is an error with the code %j', (code) => expect(read(code)).toBe('error'));

  it.each([
    '',
    ' ',
    'completed',
    '5000',
    '99',
    '600',
    '2',
    '2000',
    '20x',
    '200.5',
    '-200',
    'constructor',
    '__proto__',
  ])('is unknown with the code %j, or an error where the rule says so', (code) => {
    expect(read(code)).toBe('unknown');
    expect(read(code, { otherCodes: 'error' })).toBe('error');
  });

  it('is what the rule says before it is what is usual, the most exact first', () => {
    const codes = {
      0: 'success',
      '4xx': 'error',
      404: 'client-error',
      Completed: 'success',
      ok: 'unknown',
    } as const;
    const outcomes = ['0', '429', '404 Not Found', 'COMPLETED', 'OK', '503'].map((code) =>
      read(code, { codes }),
    );
    expect(outcomes).toEqual(['success', 'error', 'client-error', 'success', 'unknown', 'error']);
  });
});
