import { expect, test } from 'vitest';
import { validateMessageBlocks } from '../../../sandbox/workspace/blocks/validate-blocks.ts';
import { validateView } from '../../../sandbox/workspace/blocks/validate-view.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const option = (value: string) => ({ text: plain(value), value });
const many = <Item>(count: number, item: (index: number) => Item) =>
  Array.from({ length: count }, (_, i) => item(i));
const button = (fields: object = {}) => ({ type: 'button', text: plain('Go'), action_id: 'go', ...fields });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const input = (element: object, fields: object = {}) => ({
  type: 'input',
  label: plain('Reason'),
  element,
  ...fields,
});
const select = (fields: object) => ({ type: 'static_select', action_id: 'pick', ...fields });
const rich = (...elements: object[]) => ({ type: 'rich_text', elements });
const section = (...elements: object[]) => ({ type: 'rich_text_section', elements });
const row = (cells: number) => many(cells, () => ({ type: 'raw_text', text: 'x' }));

const valid: [string, object[]][] = [
  ['a header of 150', [{ type: 'header', text: plain('x'.repeat(150)) }]],
  ['a section of 3,000', [{ type: 'section', text: mrkdwn('x'.repeat(3000)) }]],
  ['ten fields of 1,000', [{ type: 'section', fields: many(10, () => mrkdwn('x'.repeat(1000))) }]],
  ['25 buttons', [actions(...many(25, (i) => button({ action_id: `go-${i}`, value: 'v'.repeat(2000) })))]],
  ['100 options', [actions(select({ options: many(100, (i) => option(`${i}`)) }))]],
  [
    'an initial option that is offered',
    [actions(select({ options: [option('a')], initial_option: option('a') }))],
  ],
  ['ten context elements', [{ type: 'context', elements: many(10, () => mrkdwn('x')) }]],
  ['50 blocks', many(50, () => ({ type: 'divider' }))],
  [
    'a button with a confirmation',
    [
      actions(
        button({
          style: 'danger',
          confirm: {
            title: plain('Sure?'),
            text: plain('It goes.'),
            confirm: plain('Yes'),
            deny: plain('No'),
          },
        }),
      ),
    ],
  ],
  ['one table', [{ type: 'table', rows: many(100, () => row(20)) }]],
  ['markdown', [{ type: 'markdown', text: 'x'.repeat(12_000) }]],
  ['the same action id in two blocks', [actions(button()), actions(button())]],
  [
    'rich text of every kind',
    [
      rich(
        section(
          { type: 'text', text: 'a', style: { bold: true } },
          { type: 'user', user_id: 'U1' },
          { type: 'link', url: 'https://example.com' },
        ),
        {
          type: 'rich_text_list',
          style: 'bullet',
          indent: 1,
          elements: [section({ type: 'emoji', name: 'tada' })],
        },
        {
          type: 'rich_text_quote',
          elements: [{ type: 'date', timestamp: 1_790_000_000, format: '{date_short}', fallback: 'then' }],
        },
        { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'code' }] },
      ),
    ],
  ],
];

test.each(valid)('a message may have %s', (_what, blocks) => {
  expect(validateMessageBlocks(blocks)).toEqual({ valid: true, blocks });
});

const invalid: [string, unknown, string][] = [
  [
    '51 blocks',
    many(51, () => ({ type: 'divider' })),
    'no more than 50 items allowed [json-pointer:/blocks]',
  ],
  [
    'a header of 151',
    [{ type: 'header', text: plain('x'.repeat(151)) }],
    'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
  ],
  ['an empty header', [{ type: 'header', text: plain('') }], 'must be more than 0 characters'],
  ['a header in mrkdwn', [{ type: 'header', text: mrkdwn('x') }], 'unsupported type: mrkdwn'],
  ['a section of 3,001', [{ type: 'section', text: mrkdwn('x'.repeat(3001)) }], 'must be less than 3001'],
  ['a section without text or fields', [{ type: 'section' }], 'must define one of: text, fields'],
  ['11 fields', [{ type: 'section', fields: many(11, () => mrkdwn('x')) }], 'no more than 10 items'],
  ['a field of 2,001', [{ type: 'section', fields: [mrkdwn('x'.repeat(2001))] }], 'must be less than 2001'],
  [
    '11 context elements',
    [{ type: 'context', elements: many(11, () => mrkdwn('x')) }],
    'no more than 10 items',
  ],
  ['an empty context', [{ type: 'context', elements: [] }], 'no fewer than 1 items'],
  ['26 buttons', [actions(...many(26, (i) => button({ action_id: `go-${i}` })))], 'no more than 25 items'],
  ['a button text of 76', [actions(button({ text: plain('x'.repeat(76)) }))], 'must be less than 76'],
  ['a button value of 2,001', [actions(button({ value: 'x'.repeat(2001) }))], 'must be less than 2001'],
  [
    'a button address of 3,001',
    [actions(button({ url: `https://e.com/${'x'.repeat(3000)}` }))],
    'must be less than 3001',
  ],
  ['a button with a bad address', [actions(button({ url: 'nowhere' }))], 'must be a valid URL'],
  ['a button style of its own', [actions(button({ style: 'default' }))], 'must be one of: primary, danger'],
  ['an action id of 256', [actions(button({ action_id: 'x'.repeat(256) }))], 'must be less than 256'],
  ['a block id of 256', [{ type: 'divider', block_id: 'x'.repeat(256) }], 'must be less than 256'],
  [
    'the same block id twice',
    many(2, () => ({ type: 'divider', block_id: 'same' })),
    'block_id "same" already exists',
  ],
  ['the same action id in a block', [actions(button(), button())], 'action_id already exists'],
  [
    'a confirmation title of 101',
    [actions(button({ confirm: { title: plain('x'.repeat(101)), text: plain('x') } }))],
    'must be less than 101',
  ],
  [
    'a confirmation text of 301',
    [actions(button({ confirm: { text: plain('x'.repeat(301)) } }))],
    'must be less than 301',
  ],
  [
    'a confirmation button of 31',
    [actions(button({ confirm: { text: plain('x'), deny: plain('x'.repeat(31)) } }))],
    'must be less than 31',
  ],
  ['101 options', [actions(select({ options: many(101, (i) => option(`${i}`)) }))], 'no more than 100 items'],
  ['no options', [actions(select({}))], 'must define exactly one of: options, option_groups'],
  [
    'an option text of 76',
    [actions(select({ options: [{ text: plain('x'.repeat(76)), value: 'x' }] }))],
    'must be less than 76',
  ],
  [
    'an initial option that is not offered',
    [actions(select({ options: [option('a')], initial_option: option('b') }))],
    'initial option',
  ],
  [
    '11 radio buttons',
    [actions({ type: 'radio_buttons', options: many(11, (i) => option(`${i}`)) })],
    'no more than 10 items',
  ],
  ['an input in actions', [actions({ type: 'plain_text_input' })], 'unsupported type: plain_text_input'],
  [
    'a label of 2,001',
    [input({ type: 'plain_text_input' }, { label: plain('x'.repeat(2001)) })],
    'must be less than 2001',
  ],
  [
    'a max_length of 3,001',
    [input({ type: 'plain_text_input', max_length: 3001 })],
    'must be between 1 and 3000',
  ],
  [
    'an image without a text',
    [{ type: 'image', image_url: 'https://e.com/a.png' }],
    'missing required field: alt_text',
  ],
  ['an unknown field', [{ type: 'divider', colour: 'red' }], 'invalid additional property: colour'],
  ['an unknown block', [{ type: 'chart' }], 'unsupported type: chart'],
  ['a prototype name as type', [{ type: 'constructor' }], 'unsupported type: constructor'],
  ['something that is no object', ['text'], 'must provide an object'],
  ['two tables', many(2, () => ({ type: 'table', rows: [row(1)] })), 'only_one_table_allowed'],
  ['21 cells', [{ type: 'table', rows: [row(21)] }], 'no more than 20 items'],
  ['101 rows', [{ type: 'table', rows: many(101, () => row(1)) }], 'no more than 100 items'],
  [
    'too much markdown altogether',
    many(2, () => ({ type: 'markdown', text: 'x'.repeat(6001) })),
    'altogether',
  ],
  ['an unknown rich text part', [rich(section({ type: 'blink', text: 'x' }))], 'unsupported type: blink'],
  ['rich text inlines outside a part', [rich({ type: 'text', text: 'x' })], 'unsupported type: text'],
  ['an empty rich text', [rich()], 'no fewer than 1 items'],
  ['a user without an id', [rich(section({ type: 'user' }))], 'missing required field: user_id'],
  [
    'a mention in preformatted text',
    [rich({ type: 'rich_text_preformatted', elements: [{ type: 'user', user_id: 'U1' }] })],
    'unsupported type: user',
  ],
  ['an empty rich text run', [rich(section({ type: 'text', text: '' }))], 'must be more than 0'],
];

test.each(invalid)('a message may not have %s', (_what, blocks, problem) => {
  const verdict = validateMessageBlocks(blocks);
  expect(verdict).toMatchObject({ valid: false, error: 'invalid_blocks' });
  expect(verdict.valid ? '' : verdict.messages.join('\n')).toContain(problem);
});

test('a message may not have more than 13,200 characters in its blocks', () => {
  const sections = (last: number) => [
    ...many(4, () => ({ type: 'section', text: mrkdwn('x'.repeat(3000)) })),
    { type: 'section', text: mrkdwn('x'.repeat(last)) },
  ];
  expect(validateMessageBlocks(sections(1200)).valid).toBe(true);
  expect(validateMessageBlocks(sections(1201))).toMatchObject({ valid: false, error: 'msg_blocks_too_long' });
});

const modal = (fields: object = {}) => ({
  type: 'modal',
  title: plain('Title'),
  blocks: [{ type: 'divider' }],
  ...fields,
});

test('a view within the limits is taken', () => {
  const whole = modal({
    title: plain('x'.repeat(24)),
    submit: plain('Send'),
    private_metadata: 'x'.repeat(3000),
    callback_id: 'c'.repeat(255),
    blocks: many(100, (i) => input({ type: 'plain_text_input', action_id: `a${i}` })),
  });
  expect(validateView(whole, 'modal')).toEqual({ valid: true, view: whole });
  expect(validateView({ type: 'home', blocks: many(100, () => ({ type: 'divider' })) }, 'home').valid).toBe(
    true,
  );
});

test.each([
  ['a title of 25', modal({ title: plain('x'.repeat(25)) }), 'must be less than 25'],
  ['no title', { type: 'modal', blocks: [] }, 'missing required field: title'],
  ['no blocks', { type: 'modal', title: plain('x') }, 'missing required field: blocks'],
  ['a submit label of 25', modal({ submit: plain('x'.repeat(25)) }), 'must be less than 25'],
  ['private metadata of 3,001', modal({ private_metadata: 'x'.repeat(3001) }), 'must be less than 3001'],
  ['a callback id of 256', modal({ callback_id: 'x'.repeat(256) }), 'must be less than 256'],
  ['101 blocks', modal({ blocks: many(101, () => ({ type: 'divider' })) }), 'no more than 100 items'],
  ['inputs without submit', modal({ blocks: [input({ type: 'plain_text_input' })] }), '"submit" is required'],
  ['a table', modal({ blocks: [{ type: 'table', rows: [row(1)] }] }), 'unsupported type: table'],
  ['the type of a home', { type: 'home', blocks: [] }, 'unsupported type: home'],
  [
    'two focused elements',
    modal({
      submit: plain('x'),
      blocks: many(2, () => input({ type: 'plain_text_input', focus_on_load: true })),
    }),
    'focus_on_load',
  ],
])('a modal may not have %s', (_what, view, problem) => {
  const verdict = validateView(view, 'modal');
  expect(verdict).toMatchObject({ valid: false, error: 'invalid_arguments' });
  expect(verdict.valid ? '' : verdict.messages.join('\n')).toContain(problem);
});

test('a view has at most 250,000 bytes', () => {
  const blocks = many(100, () => ({ type: 'section', text: mrkdwn('x'.repeat(2900)) }));
  expect(validateView(modal({ blocks }), 'modal')).toMatchObject({ valid: false, error: 'view_too_large' });
});
