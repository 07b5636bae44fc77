/** Cards as the bot posts them in Teams. */
import { seed } from '../teams/harness.ts';

const dana = seed.people.find(({ name }) => name === 'dana');

const mention = {
  type: 'mention',
  text: '<at>Dana Fischer</at>',
  mentioned: { id: dana?.mri ?? '', name: 'Dana Fischer' },
};

const line = (text: string, over: object = {}) => ({ type: 'TextBlock', text, wrap: true, ...over });

const execute = (verb: string, title: string, over: object = {}) => ({
  type: 'Action.Execute',
  title,
  verb,
  data: { verb },
  fallback: { type: 'Action.Submit', title, data: { verb } },
  ...over,
});

const card = (body: object[], over: object = {}) => ({ type: 'AdaptiveCard', version: '1.5', body, ...over });

/** The poll, open. `own`: the line that only one voter sees. */
export function pollCard({ voted, own, readers = [] }: { voted: number; own?: string; readers?: string[] }) {
  return card(
    [
      {
        type: 'RichTextBlock',
        inlines: [
          {
            type: 'TextRun',
            text: `🗳️ Go or no-go? Web shop 2.4.0 · ${voted} of 6 voted`,
            size: 'Large',
            weight: 'Bolder',
          },
        ],
      },
      line(
        'Two-step checkout, **forgiving** search. Go-live {{DATE(2026-12-15T09:00:00Z, SHORT)}} {{TIME(2026-12-15T09:00:00Z)}}',
      ),
      line('⏳ Waiting for <at>Dana Fischer</at>'),
      ...(own === undefined ? [] : [line(own, { color: 'Good' })]),
      {
        type: 'FactSet',
        facts: [
          { title: 'Closes', value: '{{TIME(2026-12-01T10:00:00Z)}}' },
          { title: 'Evidence', value: '[Tests](https://example.com/tests)' },
        ],
      },
      {
        type: 'ActionSet',
        actions: [
          execute('vote-go', 'Go', { style: 'positive' }),
          {
            type: 'Action.Submit',
            title: 'No-go…',
            style: 'destructive',
            data: { verb: 'vote-no-go', msteams: { type: 'task/fetch' } },
          },
          { type: 'Action.ToggleVisibility', title: 'Close now', targetElements: ['question-1'] },
          {
            type: 'Action.ShowCard',
            title: 'Remind',
            card: card([{ type: 'Input.Text', id: 'words', label: 'What to say' }], {
              actions: [execute('remind', 'Send the reminder')],
            }),
          },
        ],
      },
      {
        type: 'Container',
        id: 'question-1',
        isVisible: false,
        style: 'emphasis',
        items: [
          line('Close the go/no-go now?', { weight: 'Bolder' }),
          { type: 'ActionSet', actions: [execute('close-poll', 'Close it')] },
        ],
      },
    ],
    {
      msteams: { width: 'Full', entities: [mention] },
      ...(readers.length === 0
        ? {}
        : { refresh: { action: execute('refresh', 'Refresh'), userIds: readers } }),
    },
  );
}

/** The dialog that asks for a reason, and for whom, when and until when. */
export function reasonCard({ error, reason = '' }: { error?: string; reason?: string } = {}) {
  return card(
    [
      line('One no-go blocks the release.'),
      {
        type: 'Input.Text',
        id: 'reason',
        label: 'Reason',
        isMultiline: true,
        isRequired: true,
        errorMessage: 'Say why.',
        value: reason,
      },
      ...(error === undefined ? [] : [line(error, { color: 'Attention' })]),
      {
        type: 'Input.ChoiceSet',
        id: 'owner',
        label: 'Who fixes it',
        style: 'compact',
        choices: [],
        'choices.data': { type: 'Data.Query', dataset: 'graph.microsoft.com/users' },
      },
      { type: 'Input.Date', id: 'day', label: 'Until', value: '2026-12-02' },
      { type: 'Input.Time', id: 'time', label: 'At', value: '10:00' },
    ],
    { actions: [{ type: 'Action.Submit', title: 'Vote no-go', style: 'positive', data: { verb: 'send' } }] },
  );
}
