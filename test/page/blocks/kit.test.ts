import type { KnownBlock } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { asBlocks, initialValues, textLength } from '../../../sandbox/page/blocks/kit.ts';

const text = (value: string) => ({ type: 'plain_text', text: value }) as const;
const option = (value: string) => ({ text: text(value), value });

describe('initialValues', () => {
  it('reads what a modal opens with, inputs and action elements', () => {
    const blocks: KnownBlock[] = [
      { type: 'section', text: text('Hello') },
      {
        type: 'input',
        block_id: 'key',
        label: text('Key'),
        element: { type: 'plain_text_input', action_id: 'v', initial_value: 'web' },
      },
      {
        type: 'input',
        block_id: 'on',
        label: text('On'),
        element: { type: 'datepicker', action_id: 'v', initial_date: '2026-12-15' },
      },
      {
        type: 'input',
        block_id: 'who',
        label: text('Who'),
        element: { type: 'users_select', action_id: 'v' },
      },
      {
        type: 'input',
        block_id: 'many',
        label: text('Many'),
        element: {
          type: 'checkboxes',
          action_id: 'v',
          options: [option('a'), option('b')],
          initial_options: [option('b')],
        },
      },
      {
        type: 'actions',
        block_id: 'row',
        elements: [
          { type: 'button', action_id: 'press', text: text('Press') },
          { type: 'static_select', action_id: 'pick', options: [option('x')], initial_option: option('x') },
          { type: 'timepicker', action_id: 'at' },
        ],
      },
    ];
    expect(initialValues(blocks)).toEqual({
      key: { v: 'web' },
      on: { v: '2026-12-15' },
      who: { v: '' },
      many: { v: ['b'] },
      row: { pick: 'x', at: '' },
    });
  });
});

describe('asBlocks', () => {
  it('takes what has a type and leaves out the rest', () => {
    expect(asBlocks([{ type: 'divider' }, null, 'x', {}])).toEqual([{ type: 'divider' }]);
    expect(asBlocks(undefined)).toEqual([]);
  });
});

describe('textLength', () => {
  it('counts text at any depth, and lines', () => {
    expect(
      textLength({ elements: [{ elements: [{ text: 'abc' }, { text: 'de' }] }], text: { text: 'f' } }),
    ).toBe(6);
    expect(textLength({ text: 'a\nb' })).toBeGreaterThan(textLength({ text: 'a b' }));
  });
});
