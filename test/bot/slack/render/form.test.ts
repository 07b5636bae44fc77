import type { KnownBlock } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { renderAnswer, renderForm } from '../../../../src/bot/slack/render/form.ts';
import { paragraph } from '../../../../src/core/card/card.ts';
import type { Form, Input } from '../../../../src/core/card/form.ts';
import { checkView, visibleText } from './check-limits.ts';

const field = { type: 'input' as const, name: 'reason', label: 'Reason' };

function formOf(...body: Form['body']): Form {
  return { name: 'f', title: 't', submit: 'Do it', cancel: 'Cancel', body };
}

function renderInput(input: Input) {
  return renderForm(formOf(input)).blocks as KnownBlock[];
}

function elementOf(input: Input) {
  const [block] = renderInput(input);
  return block?.type === 'input' ? block.element : undefined;
}

describe('renderForm', () => {
  it('renders every kind of field as its golden file says', async () => {
    const view = renderForm({
      name: 'rollback-confirm',
      title: 'Roll back web-2.4.0 right now',
      submit: 'Roll back',
      cancel: 'Cancel',
      metadata: { release: 'web-2.4.0' },
      body: [
        paragraph('All traffic goes back to 2.3.1.'),
        {
          ...field,
          kind: 'text',
          multiline: true,
          placeholder: 'What is wrong?',
          maxLength: 500,
          hint: 'Everybody sees it.',
        },
        {
          ...field,
          kind: 'select',
          name: 'phase',
          label: 'Phase',
          options: [
            { value: '1', label: '1 %' },
            { value: '10', label: '10 %' },
          ],
          initial: '10',
        },
        { ...field, kind: 'date', name: 'date', label: 'Date', initial: '2026-12-08' },
        { ...field, kind: 'time', name: 'time', label: 'Time', initial: '15:00', zone: 'Europe/Berlin' },
        { ...field, kind: 'person', name: 'owner', label: 'Owner', initial: 'U0RELMGR1', optional: true },
      ],
    });
    expect(checkView(view)).toEqual([]);
    await expect(`${JSON.stringify(view, null, 2)}\n`).toMatchFileSnapshot('./golden/form.golden.json');
  });

  it('cuts the title at 24 characters, visibly', () => {
    expect(renderForm({ ...formOf(), title: 'x'.repeat(30) }).title.text).toBe(`${'x'.repeat(23)}…`);
    expect(renderAnswer('x'.repeat(30), { summary: '', blocks: [] }).title.text).toHaveLength(24);
  });

  it('refuses what would lose its meaning when cut', () => {
    const metadata = { release: 'x'.repeat(3000) };
    expect(() => renderForm({ ...formOf(), metadata })).toThrow(RangeError);
    expect(() => renderForm({ ...formOf(), name: 'x'.repeat(256) })).toThrow(RangeError);
    const options = [{ value: 'x'.repeat(76), label: 'l' }];
    expect(() => renderInput({ ...field, kind: 'select', options })).toThrow(RangeError);
  });

  it('says that there is nothing to choose from', () => {
    const blocks = renderInput({ ...field, kind: 'select', options: [] });
    expect(visibleText(blocks)).toBe('Reason: nothing to choose from.');
  });

  it('offers the first hundred options and says so', () => {
    const options = Array.from({ length: 130 }, (_, index) => ({ value: `${index}`, label: `${index}` }));
    const [input] = renderInput({ ...field, kind: 'select', options });
    expect(input).toMatchObject({ hint: { text: 'Only the first 100 are shown; 30 more exist.' } });
    expect(
      input?.type === 'input' && input.element.type === 'static_select' && input.element.options?.length,
    ).toBe(100);
  });

  it('leaves out initial values that Slack would refuse', () => {
    expect(elementOf({ ...field, kind: 'date', initial: 'tomorrow' })).not.toHaveProperty('initial_date');
    expect(elementOf({ ...field, kind: 'time', initial: '25:00' })).not.toHaveProperty('initial_time');
    expect(elementOf({ ...field, kind: 'text', initial: 'y'.repeat(4000) })).toMatchObject({
      initial_value: 'y'.repeat(3000),
    });
  });

  it('shows an answer without a field or a label that submits', () => {
    const view = renderAnswer('Done', { summary: 's', blocks: [paragraph('It is done.')] });
    expect(checkView(view)).toEqual([]);
    expect(view).not.toHaveProperty('submit');
    expect(visibleText(view.blocks)).toBe('It is done.');
  });
});
