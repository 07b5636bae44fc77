import { describe, expect, it } from 'vitest';
import {
  content,
  dateInput,
  modal,
  personInput,
  selectInput,
  textInput,
  timeInput,
} from '../../../../src/bot/slack/render/modal.ts';
import { paragraph } from '../../../../src/core/card/card.ts';
import { checkView, visibleText } from './check-limits.ts';

const field = { blockId: 'reason', actionId: 'value', label: 'Reason' };

describe('modal', () => {
  it('builds a view with inputs as its golden file says', async () => {
    const view = modal({
      callbackId: 'rollback-confirm',
      title: 'Roll back web-2.4.0 right now',
      submit: 'Roll back',
      close: 'Cancel',
      privateMetadata: '{"release":"web-2.4.0"}',
      blocks: [
        ...content(paragraph('All traffic goes back to 2.3.1.')),
        textInput({
          ...field,
          multiline: true,
          placeholder: 'What is wrong?',
          maxLength: 500,
          hint: 'Everybody sees it.',
        }),
        ...selectInput({
          ...field,
          blockId: 'phase',
          label: 'Phase',
          options: [
            { value: '1', label: '1 %' },
            { value: '10', label: '10 %' },
          ],
          initial: '10',
        }),
        dateInput({ ...field, blockId: 'date', label: 'Date', initial: '2026-12-08' }),
        timeInput({ ...field, blockId: 'time', label: 'Time', initial: '15:00', timezone: 'Europe/Berlin' }),
        personInput({ ...field, blockId: 'owner', label: 'Owner', initial: 'U0RELMGR1' }),
      ],
    });
    expect(checkView(view)).toEqual([]);
    await expect(`${JSON.stringify(view, null, 2)}\n`).toMatchFileSnapshot('./golden/modal.golden.json');
  });

  it('cuts the title at 24 characters, visibly', () => {
    expect(modal({ callbackId: 'c', title: 'x'.repeat(30), blocks: [] }).title.text).toBe(
      `${'x'.repeat(23)}…`,
    );
  });

  it('refuses metadata that would lose its meaning when cut', () => {
    expect(() =>
      modal({ callbackId: 'c', title: 't', privateMetadata: 'x'.repeat(3001), blocks: [] }),
    ).toThrow(RangeError);
    expect(() => selectInput({ ...field, options: [{ value: 'x'.repeat(76), label: 'l' }] })).toThrow(
      RangeError,
    );
  });

  it('says that there is nothing to choose from', () => {
    expect(visibleText(selectInput({ ...field, options: [] }))).toBe('Reason: nothing to choose from.');
  });

  it('offers the first hundred options and says so', () => {
    const options = Array.from({ length: 130 }, (_, index) => ({ value: `${index}`, label: `${index}` }));
    const [input] = selectInput({ ...field, options });
    expect(input).toMatchObject({ hint: { text: 'Only the first 100 are shown; 30 more exist.' } });
    expect(
      input?.type === 'input' && input.element.type === 'static_select' && input.element.options?.length,
    ).toBe(100);
  });

  it('leaves out initial values that Slack would refuse', () => {
    expect(dateInput({ ...field, initial: 'tomorrow' }).element).not.toHaveProperty('initial_date');
    expect(timeInput({ ...field, initial: '25:00' }).element).not.toHaveProperty('initial_time');
    expect(textInput({ ...field, initial: 'y'.repeat(4000) }).element).toMatchObject({
      initial_value: 'y'.repeat(3000),
    });
  });
});
