import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { planFields } from '../../../src/core/plan/plan.ts';
import { parsePlan } from '../../../src/core/plan-file/parse-plan.ts';
import { examplePlan, SMALLEST_PLAN } from '../plan/example-plan.ts';

const fields = Object.keys(planFields.shape).join(', ');
const fixture = (name: string) => readFileSync(new URL(`plans/${name}.yaml`, import.meta.url), 'utf8');
const withSummary = (summary: string) => SMALLEST_PLAN.replace(/^summary: .*$/m, () => `summary: ${summary}`);
const withVersion = (version: string) => SMALLEST_PLAN.replace('"2.4.0"', () => version);
const withFix = (fix: string) => `${SMALLEST_PLAN}scope:\n  fixes:\n    - ${fix}\n    - Other\n`;

/** `line:column path message; expected …` of each problem, with its hint. */
function refusalsOf(text: string): string[] {
  const reading = parsePlan(text);
  if (reading.ok) throw new Error('expected problems, the plan is valid');
  return reading.problems.map(({ line, column, path, message, expected, hint }) =>
    [`${line}:${column} ${path} ${message}; expected ${expected}.`, hint ?? ''].join(' ').trim(),
  );
}

function read(text: string) {
  const reading = parsePlan(text);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return {
    plan: reading.plan,
    warnings: reading.warnings.map(({ line, path, message }) => `${line} ${path} ${message}`),
  };
}

describe('a text that a comment cuts', () => {
  it('is warned of with its line, as it was read, and how to quote it', () => {
    expect(read(fixture('hash-in-text')).warnings).toEqual([
      '15 scope.fixes[0] It was read as "Crash when saving (see": from "#88)" on it is a comment. ' +
        'In quotes it is all text: "Crash when saving (see #88)". If it is a comment, put it on a line of its own.',
      '16 scope.fixes[1] It was read as "Totals round correctly": from "#4711" on it is a comment. ' +
        'In quotes it is all text: "Totals round correctly #4711". If it is a comment, put it on a line of its own.',
    ]);
  });

  it.each([
    'Crash #88',
    'Crash (see # 88)',
    'Crash # 88',
    'Crash [a # b]',
    'Crash #88 # really',
    'Crash in C # compiler',
    'Crash when saving # ask Priya',
    'Crash when saving (once) ## seldom',
    'Crash in C # ',
  ])('is warned of: %s', (fix) => {
    expect(read(withFix(fix)).warnings).toHaveLength(1);
  });

  it.each([
    withFix('"Crash when saving (see #88)"'),
    withFix("'Crash #88'"),
    withFix('Crash#88'),
    withSummary('|\n  Crash when saving (see #88)'),
    `# a plan #1\n${SMALLEST_PLAN}#2`,
    SMALLEST_PLAN.replace('"2.4.0"', '"2.4.0" #now in quotes'),
    `${SMALLEST_PLAN}rollout: { phases: [{ trafficPercent: 10, soak: PT1H #short\n }, { trafficPercent: 100 }] }\n`,
  ])('is none where no text is cut', (text) => {
    expect(read(text).warnings).toEqual([]);
  });

  it('is warned of wherever people write sentences', () => {
    const text = SMALLEST_PLAN.replace('Web shop', 'Web shop #2')
      .replace('"2.4.0"', '2.4.0 #3')
      .replace('instead of four.', 'instead of four (see #4).')
      .replace(
        '{ name: Rita Moreno, email: rita@example.com }',
        '\n    name: Rita #5\n    email: rita@example.com #6',
      );
    expect(read(text).warnings.map((warning) => warning.split(' ', 2).join(' '))).toEqual([
      '2 product',
      '3 version',
      '4 summary',
      '8 roles.release_manager.name',
    ]);
  });
});

describe('other texts that YAML reads otherwise', () => {
  it('warns of curly quotes, an anchor that swallows a word, and a lost character', () => {
    expect(read(withFix('“Undo”')).warnings).toEqual([
      '15 scope.fixes[0] The curly quotes are part of the text, “Undo”. If they are not meant to be, use straight ones: "Undo".',
    ]);
    expect(read(withFix('&more things')).warnings).toEqual([
      '15 scope.fixes[0] It was read as "things": "&more" marks it for an alias that is nowhere. Put a text that begins with & in quotes.',
    ]);
    expect(read(withFix('Gr\ufffd\ufffde')).warnings).toEqual([
      '15 scope.fixes[0] It has the character "\ufffd" in it, where one was lost: was the file saved in UTF-8?',
    ]);
    expect(read(withFix('“Big Bang” is “small bang”')).warnings).toEqual([]);
  });

  it.each([
    [
      'a number',
      withVersion('2.40'),
      '3:10 version is the number 2.4; expected a version in quotes such as "2.4.0", on one line. YAML reads 2.40 as a number. In quotes it is text: "2.40".',
    ],
    [
      'a calendar number',
      withVersion('2027.06'),
      '3:10 version is the number 2027.06; expected a version in quotes such as "2.4.0", on one line. YAML reads 2027.06 as a number. In quotes it is text: "2027.06".',
    ],
    [
      'a word for a truth',
      withFix('true'),
      '15:7 scope.fixes[0] is true; expected a line of text. YAML reads true as true or false. In quotes it is text: "true".',
    ],
    [
      'a word for nothing',
      withFix('Null'),
      '15:7 scope.fixes[0] is empty; expected a line of text. YAML reads Null as nothing. In quotes it is text: "Null".',
    ],
    [
      'a comment',
      withFix('#88 crash'),
      '15:7 scope.fixes[0] is empty; expected a line of text. A # begins a comment. In quotes it is text: "#88 crash".',
    ],
    [
      'a field',
      withFix('Fix: totals'),
      '15:7 scope.fixes[0] is a group of fields; expected a line of text. A colon with a space after it makes it a field. In quotes it is text: "Fix: totals".',
    ],
    [
      'a list',
      withFix('[JIRA-1]'),
      '15:7 scope.fixes[0] is a list; expected a line of text. Brackets make a list. In quotes it is text: "[JIRA-1]".',
    ],
    [
      'a group',
      withFix('{id}'),
      '15:7 scope.fixes[0] is a group of fields; expected a line of text. Braces make a group of fields. In quotes it is text: "{id}".',
    ],
    [
      'a list within a list',
      withFix('- x'),
      '15:7 scope.fixes[0] is a list; expected a line of text. A dash makes a list. In quotes it is text: "- x".',
    ],
    [
      'curly quotes',
      withVersion('“2.4.0”'),
      '3:10 version is "“2.4.0”"; expected a version in quotes such as "2.4.0", on one line. These quotes are curly: YAML knows only straight ones, " or \'.',
    ],
    [
      'a dash without a space',
      withFix('a').replace('- a', '-a'),
      '15:5 scope.fixes is "-a - Other"; expected a list of lines of text. A dash that begins an entry has a space after it.',
    ],
    [
      'a hidden character in a name',
      SMALLEST_PLAN.replace('product', '\u200bproduct'),
      `2:1 \u200bproduct has a character that does not show, U+200B, in its name; expected ${fields}. Did you mean product?`,
    ],
  ])('says how to write what it takes for %s', (_, text, refusal) => {
    expect(refusalsOf(text)).toEqual([refusal]);
  });
});

describe('versions', () => {
  it.each([
    '@acme/ledger@1.2.3',
    '4.12.0 (8123)',
    '1:2.3-1~deb12u1',
    '2027.06',
    'v1.2',
    '1.0.0-rc.1+build.5',
    'r4711/main',
    'Größe 2',
    '第2版',
    '#42',
  ])('are taken as people have them: %s', (version) => {
    expect(read(withVersion(JSON.stringify(version))).plan.version).toBe(version);
  });

  it.each([
    '',
    ' ',
    ' 1',
    '1 ',
    '1  2',
    '1\n2',
    '1\t2',
    '1\u00a02',
    '1\u200b2',
    '1\u001b[31m',
    '"1"',
    "'1'",
    'x'.repeat(101),
  ])('are refused with what does not show, and when they are no line: %j', (version) => {
    expect(refusalsOf(withVersion(JSON.stringify(version)))[0]).toMatch(/^3:10 version /);
  });

  it('with a scope are taken from a plan', () => {
    expect(read(fixture('version-tag')).plan.version).toBe('@acme/ledger@1.2.3');
  });
});

describe('channels', () => {
  const channelOf = (typed: string) =>
    read(`${SMALLEST_PLAN}channels: { support: ${JSON.stringify(typed)} }\n`).plan.channels.support;

  it('with long vowels are taken from a plan', () => {
    const { support, qa } = read(fixture('channel-long-vowel')).plan.channels;
    expect([support, qa]).toEqual([['#リリース'], ['#サーバー障害']]);
  });

  it.each([
    ['#प्रकाशन', '#प्रकाशन'],
    ['#佐々木', '#佐々木'],
    ['#cafe\u0301', '#caf\u00e9'],
    ['#Release-2_B', '#release-2_b'],
    ['#ÉQUIPE', '#équipe'],
    ['C0123456789', 'C0123456789'],
    ['G01ABCDEFGH', 'G01ABCDEFGH'],
    [`#${'e\u0301'.repeat(80)}`, `#${'\u00e9'.repeat(80)}`],
  ])('are taken as the chat platform spells them: %s', (typed, name) => {
    expect(channelOf(typed)).toEqual([name]);
  });

  it.each([
    '#',
    'support',
    '#a b',
    '#a.b',
    '#a/b',
    '#a🎉',
    '#a\u200b',
    `#${'a'.repeat(81)}`,
    'c0123456789',
    'C012',
    '@',
    '@a b',
  ])('are refused when there can be none of that name: %j', (typed) => {
    const text = `${SMALLEST_PLAN}channels: { support: ${JSON.stringify(typed)} }\n`;
    expect(refusalsOf(text)[0]).toMatch(/^13:22 channels\.support is .*; expected a channel such as/);
  });

  it('are spelt the same where a communication names one', () => {
    const text = `${SMALLEST_PLAN}communications: { change: { on-call-briefing: { channel: "#On-Call" } } }\n`;
    expect(read(text).plan.communications.change['on-call-briefing']?.channel).toBe('#on-call');
  });
});

it('refuses a name of blanks', () => {
  expect(refusalsOf(fixture('blank-name'))).toEqual([
    '12:26 roles.security_lead.name is blank; expected a name.',
  ]);
});

describe('merge keys', () => {
  it('give a group what another has', () => {
    expect(read(fixture('merge-key')).plan.roles.qa_lead).toEqual({
      name: 'Rita Moreno',
      email: 'rita@example.com',
      backup: { name: 'Quinn Abara', email: 'quinn@example.com' },
    });
  });

  it('leave what the group says itself, and take the first of several', () => {
    const text = SMALLEST_PLAN.replace('release_manager: {', 'release_manager: &rita {')
      .replace('engineering_lead: {', 'engineering_lead: &emil {')
      .replace(/qa_lead: .*/, 'qa_lead: { email: q@example.com, <<: [*emil, *rita] }');
    expect(read(text).plan.roles.qa_lead).toEqual({ name: 'Emil Novak', email: 'q@example.com' });
  });

  it('have their faults told at what was merged', () => {
    const text = SMALLEST_PLAN.replace('release_manager: {', 'release_manager: &rita {')
      .replace('rita@example.com', 'rita')
      .replace(/qa_lead: .*/, 'qa_lead: { <<: *rita }');
    expect(refusalsOf(text).map((refusal) => refusal.split(';')[0])).toEqual([
      '7:54 roles.release_manager.email is "rita"',
      '7:54 roles.qa_lead.email is "rita"',
    ]);
  });

  it.each([
    [
      'no group',
      'rollout:\n  <<: canary\n',
      '14:3 plan merges (<<) something that is not a group of fields; expected an alias such as *rita, or a list of them.',
    ],
    [
      'nothing marked',
      'rollout:\n  <<: *canary\n',
      '14:7 plan begins with *, an alias of a part marked &canary, which does not come before it; expected such a part, or a text in quotes.',
    ],
    [
      'itself',
      'rollout: &a\n  <<: *a\n',
      '1:1 plan repeats itself through aliases too often; expected the parts written out.',
    ],
  ])('refuse to merge %s', (_, end, refusal) => {
    expect(refusalsOf(SMALLEST_PLAN + end)).toEqual([refusal]);
  });

  it('in quotes are a field like any other', () => {
    expect(refusalsOf(`${SMALLEST_PLAN}rollout: { "<<": {} }\n`)[0]).toMatch(
      /^13:12 rollout\.<< is not a field/,
    );
  });
});

describe('what comes along when a plan is copied', () => {
  it.each([
    ['a byte-order mark', `\ufeff${SMALLEST_PLAN}`],
    ['Windows line ends', SMALLEST_PLAN.replaceAll('\n', '\r\n')],
    ['the line ends of an old Mac', SMALLEST_PLAN.replaceAll('\n', '\r')],
    ['a code fence', `\`\`\`yaml\n${SMALLEST_PLAN}\`\`\`\n`],
    ['a code fence that is not closed', `~~~\n${SMALLEST_PLAN}`],
    ["Slack's code fence", `\`\`\`${SMALLEST_PLAN.trimEnd()}\`\`\``],
    [
      'all of these',
      `\ufeff\r\n\`\`\`yml\r\n---\r\n${SMALLEST_PLAN.replaceAll('\n', '\r\n')}---\r\n\`\`\` \r\n`,
    ],
    ['document markers', `---\n${SMALLEST_PLAN}---\n`],
    ['an end of the document', `${SMALLEST_PLAN}...\n`],
    ['a version of YAML', `%YAML 1.1\n---\n${SMALLEST_PLAN}`],
    ['a version of YAML that is to come', `%YAML 1.3\n---\n${SMALLEST_PLAN}`],
    ['a tag that says nothing new', SMALLEST_PLAN.replace('"2.4.0"', '!!str 2.4.0')],
    ['a tab after a colon', SMALLEST_PLAN.replace('product: ', 'product:\t')],
    ['indentation of all', SMALLEST_PLAN.replace(/^/gm, '  ')],
  ])('is taken away: %s', (_, text) => {
    expect(parsePlan(text)).toEqual({ ok: true, plan: examplePlan({ rollout: {} }), warnings: [] });
  });

  it('leaves lines and columns as they are', () => {
    const wrong = SMALLEST_PLAN.replace('release: web', 'release: Web').replace('"2.4.0"', '2.4');
    const places = (text: string) => refusalsOf(text).map((refusal) => refusal.split(' ')[0]);
    expect(places(wrong)).toEqual(['1:10', '3:10']);
    expect(places(`\`\`\`yaml\r\n${wrong.replaceAll('\n', '\r\n')}\`\`\``)).toEqual(['2:10', '4:10']);
    expect(places(`\`\`\`${wrong}\`\`\``)).toEqual(['1:13', '3:10']);
    expect(places(wrong.replaceAll('\n', '\r'))).toEqual(['1:10', '3:10']);
    expect(places(`${wrong.replaceAll('\n', '\r')}\0`)).toEqual(['13:1']);
  });
});

describe('what is no YAML, or none for a plan', () => {
  it.each([
    [
      'a colon in a sentence',
      withSummary('Faster: month end'),
      '4:10 plan has a text with a colon in it, which begins a field; expected the text in quotes: "Faster: month end".',
    ],
    [
      'a colon in a sentence over two lines',
      withSummary('Faster month end\n  Note: all'),
      '4:10 plan is followed by a line that is indented deeper and has a colon: "Note: all"; expected the fields of a group right below each other, a text with a colon in quotes.',
    ],
    [
      'no space after a colon',
      SMALLEST_PLAN.replace('product: ', 'product:'),
      '2:1 plan has no space after the colon; expected product: Web shop.',
    ],
    [
      'an equals sign',
      SMALLEST_PLAN.replace('product: ', 'product = '),
      '2:1 plan has an equals sign instead of a colon; expected product: Web shop.',
    ],
    [
      'a tab',
      `${SMALLEST_PLAN}rollout:\n\tdriver: demo\n`,
      '14:1 plan is indented by a tab; expected spaces.',
    ],
    [
      'a no-break space',
      SMALLEST_PLAN.replace('product: ', 'product:\u00a0'),
      '2:1 plan has a space that YAML does not count as one, such as a no-break space; expected plain spaces.',
    ],
    [
      'a comment in a group',
      `${SMALLEST_PLAN}channels: { support: #support }\n`,
      '13:11 plan opens a { that is not closed; expected a } at its end; what has a # in it, in quotes.',
    ],
    [
      'a comment in a text over lines',
      withSummary('Faster\n  see #88 for\n  more'),
      '6:1 plan goes on after "#88 for", which is a comment; expected a text with a # in quotes.',
    ],
    [
      'a quote left open',
      withSummary('"Faster'),
      '4:10 plan opens a quote that is not closed; expected a quote at its end.',
    ],
    [
      'text after a quote',
      withFix('"Undo" is back'),
      '15:14 plan goes on after a closing quote; expected the whole in quotes: \'"Undo" is back\'.',
    ],
    [
      'an apostrophe in quotes',
      withFix("'It's ok'"),
      '15:11 plan goes on after a closing quote; expected double quotes: "It\'s ok".',
    ],
    [
      'a backslash',
      withSummary('"C:\\path"'),
      '4:13 plan has a backslash in double quotes, where it begins an escape; expected two of them (\\\\), or single quotes.',
    ],
    [
      'a placeholder',
      withSummary('{{ summary }}'),
      '4:11 plan has a placeholder that was not filled in; expected its value, or a text in quotes.',
    ],
    [
      'a reserved character',
      withVersion('@acme/ledger@1.2.3'),
      '3:10 plan begins a text with @, which means something else in YAML; expected the text in quotes: "@acme/ledger@1.2.3".',
    ],
    [
      'brackets',
      withFix('[JIRA-1] Crash'),
      '15:16 plan begins a text with [, which means a list in YAML; expected the text in quotes: "[JIRA-1] Crash".',
    ],
    [
      'bold text',
      withFix('*bold* text'),
      '15:14 plan begins a text with *, which means an alias in YAML; expected the text in quotes: "*bold* text".',
    ],
    [
      'a greater-than sign',
      withFix('> 50% faster'),
      '15:9 plan begins a text with >, which means a text over several lines in YAML; expected the text in quotes: "> 50% faster".',
    ],
    [
      'a tag of its own',
      withSummary('!secret x'),
      '4:18 plan begins with !secret, a tag, which plans do not support; expected the value without it, or a text that begins with ! in quotes.',
    ],
    [
      'a tag on a group',
      SMALLEST_PLAN.replace('roles:', 'roles: !people'),
      '7:3 plan begins with !people, a tag, which plans do not support; expected the value without it, or a text that begins with ! in quotes.',
    ],
    [
      'a tag that makes something of a date',
      SMALLEST_PLAN.replace('2030-06-18', '!!timestamp 2030-06-18'),
      '5:29 plan begins with !!timestamp, a tag, which plans do not support; expected the value without it, or a text that begins with ! in quotes.',
    ],
    [
      'a directive without a marker',
      `%YAML 1.1\n${SMALLEST_PLAN}`,
      '2:1 plan has a line that begins with %, a directive, without --- after it; expected the plan without it.',
    ],
    [
      'a fence within a text',
      `Here:\n\`\`\`\nrelease: a\n`,
      '2:1 plan has a code fence (```) within it; expected the plan alone, or one fence around it.',
    ],
    [
      'a quoted e-mail',
      SMALLEST_PLAN.replace(/^/gm, '> '),
      '1:3 plan has a > before its lines, as a quoted e-mail has; expected the plan without them.',
    ],
    [
      'HTML',
      '<!doctype html>\n<title>Sign in</title>',
      '1:1 plan is HTML or XML; expected a plan in YAML, a text in UTF-8.',
    ],
    [
      'UTF-16',
      [...SMALLEST_PLAN].join('\0'),
      '1:1 plan is saved as UTF-16, which Windows calls Unicode; expected UTF-8.',
    ],
    [
      'a group for a name',
      `${SMALLEST_PLAN}? [a]\n: b\n`,
      '13:3 plan has a list or a group as the name of a field; expected a word.',
    ],
    [
      'another indentation',
      SMALLEST_PLAN.replace('  qa_lead', '   qa_lead'),
      '9:1 plan is indented differently from what it belongs to; expected the fields of a group right below each other.',
    ],
    [
      'a missing comma',
      SMALLEST_PLAN.replace('2030-06-18,', '2030-06-18'),
      '5:17 plan has no comma between two fields; expected commas between them, a text with a colon in quotes.',
    ],
    [
      'a line that is no field',
      `${SMALLEST_PLAN}…\n`,
      '13:1 plan cannot be read from here on; expected a field, a colon, a space and its value, such as summary: "…".',
    ],
  ])('is refused by its name, with the way out: %s', (_, text, refusal) => {
    expect(refusalsOf(text)).toEqual([refusal]);
  });

  it('is told once a line, in words of its own for every line', () => {
    const refusals = refusalsOf(SMALLEST_PLAN.replaceAll('  ', '\t'));
    expect(refusals.length).toBeGreaterThan(0);
    for (const refusal of refusals) expect(refusal).not.toMatch(/implicit|mapping|scalar|token|sequence/i);
  });
});
