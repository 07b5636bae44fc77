import { describe, expect, it } from 'vitest';
import { loadTemplate } from '../../../src/core/template/load-template.ts';

function problemsOf(markdown: string): string[] {
  const reading = loadTemplate('test', markdown);
  if (reading.ok) throw new Error('expected problems, the template is valid');
  return reading.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe('loadTemplate', () => {
  it('reads a line of links, which need no section, and refuses one that there is not', () => {
    const reading = loadTemplate('links', '# Links\n\n{{links.dashboard}} · {{ links.runbook }}');
    expect(reading.ok && reading.template.blocks).toEqual([
      { type: 'links', names: ['links.dashboard', 'links.runbook'] },
    ]);
    expect(problemsOf('# Links\n\n{{links.dashboard}} · {{links.dashbord}}')).toEqual([
      '3:1 There is no variable {{links.dashbord}}. Did you mean links.dashboard?',
    ]);
    expect(problemsOf('# Links\n\nSee {{links.dashboard}}.')).toEqual([
      expect.stringContaining('{{links.dashboard}} may have no value'),
    ]);
  });

  it('reads headings, paragraphs, lists, quotes, code, notes, links and sections', () => {
    const reading = loadTemplate(
      'all',
      [
        '# {{release.key}} is *here*',
        '## More',
        'One **bold {{release.version}}** and `code`,\nsame line.  \nNext line.',
        '- {{scope.features}}\n- [docs](https://example.com/a)',
        '> {{release.summary}}',
        '```\n{{release.key}}\n```',
        '---',
        '{{#unless decision.outcome}}',
        '*small print*',
        '{{/unless}}',
      ].join('\n\n'),
    );
    expect(reading).toEqual({
      ok: true,
      template: {
        name: 'all',
        title: [
          { type: 'variable', name: 'release.key', style: {} },
          { type: 'text', text: ' is ', style: {} },
          { type: 'text', text: 'here', style: { italic: true } },
        ],
        blocks: [
          { type: 'paragraph', content: [{ type: 'text', text: 'More', style: { bold: true } }] },
          {
            type: 'paragraph',
            content: [
              { type: 'text', text: 'One ', style: {} },
              { type: 'text', text: 'bold ', style: { bold: true } },
              { type: 'variable', name: 'release.version', style: { bold: true } },
              { type: 'text', text: ' and ', style: {} },
              { type: 'text', text: 'code', style: { code: true } },
              { type: 'text', text: ', same line.', style: {} },
              { type: 'text', text: '\n', style: {} },
              { type: 'text', text: 'Next line.', style: {} },
            ],
          },
          {
            type: 'list',
            ordered: false,
            items: [
              [{ type: 'variable', name: 'scope.features', style: {} }],
              [{ type: 'link', url: 'https://example.com/a', text: 'docs' }],
            ],
          },
          { type: 'quote', content: [{ type: 'variable', name: 'release.summary', style: {} }] },
          { type: 'code', content: [{ type: 'variable', name: 'release.key', style: {} }] },
          { type: 'divider' },
          {
            type: 'section',
            variable: 'decision.outcome',
            unless: true,
            blocks: [{ type: 'note', content: [{ type: 'text', text: 'small print', style: {} }] }],
          },
        ],
      },
    });
  });

  it.each([
    ['no heading', 'Hello', '1:1 A template begins with a heading: "# …".'],
    ['nothing', '', '1:1 A template begins with a heading: "# …".'],
    ['a second heading', '# a\n\n# b', '3:1 A template has one "# …" heading, the first block.'],
    [
      'an unknown variable',
      '# {{release.kye}}',
      '1:3 There is no variable {{release.kye}}. Did you mean release.key?',
    ],
    [
      'half a variable',
      '# a\n\n{{release.key}',
      '3:1 A variable is written {{name}}; a brace is missing here.',
    ],
    ['HTML', '# a\n\n<div>x</div>', '3:1 HTML is not supported in a message.'],
    ['an image', '# a\n\n![x](https://example.com)', '3:1 An image is not supported in a message.'],
    [
      'a script link',
      '# a\n\n[x](javascript:alert)',
      '3:1 A link needs plain text and a fixed https address, without variables.',
    ],
    [
      'a variable address',
      '# a\n\n[x](https://{{release.key}})',
      '3:1 A link needs plain text and a fixed https address, without variables.',
    ],
    [
      'a list within a list',
      '# a\n\n- b\n  - c',
      '4:3 A list within a list is not supported in a list item.',
    ],
    [
      'a section left open',
      '# a\n\n{{#if decision.outcome}}\n\nx',
      '3:1 This section needs a closing {{/if}}.',
    ],
    ['a section not opened', '# a\n\n{{/if}}', '3:1 This closes a section that was not opened.'],
    [
      'a section closed by another',
      '# a\n\n{{#if decision.outcome}}\n\nx\n\n{{/unless}}',
      '7:1 The section opened by {{#if decision.outcome}} closes with {{/if}}.',
    ],
    [
      'a section of nothing known',
      '# a\n\n{{#if decison.outcome}}\n\n{{/if}}',
      '3:1 There is no variable {{decison.outcome}}. Did you mean decision.outcome?',
    ],
    [
      'a section within a line',
      '# a\n\nx {{#if decision.outcome}}',
      '3:1 {{#if decision.outcome}} has to be a paragraph of its own, with empty lines around it.',
    ],
    [
      'a loop',
      '# a\n\n{{#each scope.features}}\n\nx',
      '3:1 {{#each scope.features}} is not known: there are {{#if …}} and {{#unless …}}, and no loops. A list variable alone in a list item becomes one item for each entry.',
    ],
    [
      'a template that includes itself',
      '# a\n\n{{> test}}',
      "3:1 {{> test}} is not known: a template can't include another, or itself.",
    ],
    [
      'more variables than a message has room for',
      `# a\n\n${'{{release.summary}}\n\n'.repeat(151)}`,
      '303:1 This is the 151st variable; a message has no room for the values of more than 150.',
    ],
    [
      'a value that may be empty',
      '# a\n\nSo: {{decision.outcome}}',
      '3:1 {{decision.outcome}} may have no value: put it between {{#if decision.outcome}} and {{/if}}.',
    ],
    [
      'a value that is empty here',
      '# a\n\n{{#unless rollout.trafficPercent}}\n\n{{rollout.trafficPercent}}\n\n{{/unless}}',
      '5:1 {{rollout.trafficPercent}} may have no value: put it between {{#if rollout.trafficPercent}} and {{/if}}.',
    ],
  ])('refuses %s, with its place', (_, markdown, problem) => {
    expect(problemsOf(markdown)).toEqual([problem]);
  });

  it('tells every problem at once', () => {
    expect(problemsOf('# {{a}}\n\n{{b}}\n\n- {{c}}')).toHaveLength(3);
  });

  it('refuses what is too long to be a template, at once', () => {
    expect(problemsOf(`# a\n\n${'{{release.key}} '.repeat(700_000)}`)).toEqual([
      '1:1 The template has more than 10000 characters.',
    ]);
  });

  it.each([
    ['quotes', '>'],
    ['quotes with spaces', '> '],
    ['lists', '- '],
    ['numbered lists', '1. '],
    ['quotes of lists', '> + '],
  ])(
    'refuses %s within each other before they are parsed, since that takes the square of the time',
    (_, marker) => {
      expect(problemsOf(`# a\n\n${marker.repeat(2_000)}x`)).toEqual([
        '3:1 This line nests more than 10 quotes or lists; a message shows one level.',
      ]);
    },
  );

  it.each(['* '.repeat(40), '-'.repeat(200), '- - - - - - - - - - - - -'])(
    'takes a rule for a rule: %s',
    (rule) => {
      expect(loadTemplate('rule', `# a\n\n${rule}`)).toMatchObject({
        ok: true,
        template: { blocks: [{ type: 'divider' }] },
      });
    },
  );
});
