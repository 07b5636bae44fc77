import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PlanProblem, parsePlan } from '../../../src/core/plan-file/parse-plan.ts';
import { examplePlan, SMALLEST_PLAN } from '../plan/example-plan.ts';

function problemsOf(text: string, options: Parameters<typeof parsePlan>[1] = {}): PlanProblem[] {
  const reading = parsePlan(text, options);
  if (reading.ok) throw new Error('expected problems, the plan is valid');
  return reading.problems;
}

/** `line:column path message` of each problem. */
function said(text: string, options?: Parameters<typeof parsePlan>[1]): string[] {
  return problemsOf(text, options).map(
    ({ line, column, path, message }) => `${line}:${column} ${path} ${message}`,
  );
}

function warningsOf(text: string, now?: number): string[] {
  const reading = parsePlan(text, now === undefined ? {} : { now });
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.warnings.map(({ line, path, message }) => `${line} ${path} ${message}`);
}

const goLive = (words: string) => SMALLEST_PLAN.replace(/^goLive: .*$/m, `goLive: { ${words} }`);

describe('parsePlan', () => {
  it('fills in every default of a plan of twelve lines', () => {
    expect(SMALLEST_PLAN.trim().split('\n').length).toBeLessThanOrEqual(15);
    expect(parsePlan(SMALLEST_PLAN)).toEqual({ ok: true, plan: examplePlan({ rollout: {} }), warnings: [] });
  });

  it('takes one channel or a list of channels for an audience, each once', () => {
    const read = parsePlan(`${SMALLEST_PLAN}channels: { support: ["#b", "#a", "#b"], qa: "#testers" }\n`);
    expect(read.ok && read.plan.channels).toMatchObject({
      support: ['#b', '#a'],
      qa: ['#testers'],
      sales: ['#sales'],
    });
  });

  it.each([
    ['"#Support Team"', 'channels.support is "#Support Team"'],
    ['5', 'channels.support is the number 5'],
    ['', 'channels.support is empty'],
    ['[]', 'channels.support has 0 entries, fewer than 1'],
    ['["#a", "b c", 7]', 'channels.support[1] is "b c"', 'channels.support[2] is the number 7'],
    ['{ a: b }', 'channels.support is a group of fields'],
  ])('refuses channels that are none: %s', (written, ...expected) => {
    const found = problemsOf(`${SMALLEST_PLAN}channels: { support: ${written} }\n`);
    expect(found.map(({ path, message }) => `${path} ${message}`)).toEqual(expected);
    for (const { expected } of found) expect(expected).toContain('a channel such as "#release-deployment"');
  });

  it('takes links by name, each an https address', () => {
    const url = 'https://grafana.example.com/d/web?var=a@b#c';
    const read = parsePlan(
      `${SMALLEST_PLAN}links: { dashboard: "${url}", notes: https://shop.example.com }\n`,
    );
    expect(read.ok && read.plan.links).toEqual({ dashboard: url, notes: 'https://shop.example.com' });
  });

  it.each([
    ['http://grafana.example.com', 'links.dashboard is "http://grafana.example.com"'],
    ['grafana', 'links.dashboard is "grafana"'],
    ['https://', 'links.dashboard is "https://"'],
    ['https://rita:secret@example.com', 'links.dashboard is "https://rita:secret@example.com"'],
    ['"https://example.com/a b"', 'links.dashboard is "https://example.com/a b"'],
    ['5', 'links.dashboard is the number 5'],
    ['', 'links.dashboard is empty'],
    [`https://example.com/${'a'.repeat(2000)}`, 'links.dashboard has 2020 characters, more than 2000'],
  ])('refuses a link that is none, with its line (%#)', (written, expected) => {
    const found = problemsOf(`${SMALLEST_PLAN}links:\n  dashboard: ${written}\n`);
    expect(found.map(({ path, message }) => `${path} ${message}`)).toEqual([expected]);
    expect(found[0]).toMatchObject({ line: 14, expected: expect.stringContaining('an https address') });
  });

  it('names the links there are when one has another name', () => {
    expect(problemsOf(`${SMALLEST_PLAN}links: { dashbord: https://example.com }\n`)).toMatchObject([
      { path: 'links.dashbord', message: 'is not a field of a plan', hint: 'Did you mean dashboard?' },
    ]);
  });

  it('tells every problem at once, in the order of the text, each with its place', () => {
    const text = SMALLEST_PLAN.replace('"2.4.0"', '2.40')
      .replace('"10:00"', '"24:00"')
      .replace('rita@example.com', 'rita')
      .replace('  qa_lead:', '  qa_laed:')
      .concat(
        'typ: major\nrollout:\n  phases:\n    - { trafficPercent: 5, soak: 1h }\n    - { trafficPercent: 100, criteria: {} }\n',
      );
    expect(said(text)).toEqual([
      '3:10 version is the number 2.4',
      '5:35 goLive.time is "24:00"',
      '7:48 roles.release_manager.email is "rita"',
      '9:3 roles.qa_laed is not a field of a plan',
      '13:1 typ is not a field of a plan',
      '16:34 rollout.phases[0].soak is "1h"',
      '17:40 rollout.phases[1].criteria is a group of fields',
    ]);
  });

  it('says what was expected, and suggests the right word for a misspelt key or value', () => {
    const text = SMALLEST_PLAN.replace('  qa_lead:', '  qa_laed:').concat(
      'type: hotfx\nrollout: { stratgey: canary }\n',
    );
    const hints = problemsOf(text).map(({ path, hint }) => [path, hint]);
    expect(hints).toEqual([
      ['roles.qa_laed', 'Did you mean qa_lead?'],
      ['type', 'Did you mean hotfix?'],
      ['rollout.stratgey', 'Did you mean strategy?'],
    ]);
    expect(problemsOf(text)[1]?.expected).toBe('a release type: major, minor, patch, hotfix, feature-flag');
  });

  it('places what is missing at the group in which it belongs', () => {
    expect(said(SMALLEST_PLAN.replace(/^ {2}qa_lead.*\n/m, ''))).toEqual(['6:1 roles.qa_lead is missing']);
    expect(said('')).toEqual(['1:1 plan is empty']);
    expect(said('- a')).toEqual(['1:1 plan is a list']);
  });

  it.each([
    ['broken syntax', 'release: [', /opens a \[ that is not closed/],
    ['a tab as indentation', 'roles:\n\tqa_lead: x', /tab/],
    ['two documents', `${SMALLEST_PLAN}---\na: 1\n`, /second document/],
    ['an alias without anchor', 'release: *x', /alias/],
    ['depth without end', `a: ${'['.repeat(50_000)}`, /deep/],
  ])('refuses %s in words', (_, text, words) => {
    expect(said(text)[0]).toMatch(words);
  });

  it('names a key that is given twice, and still tells the other problems', () => {
    expect(said(`${SMALLEST_PLAN}type: minor\ntype: majr\n`)).toEqual([
      '14:1 plan gives type again',
      '14:7 type is "majr"',
    ]);
  });

  it.each(['P10S', '10s', '5m', 'PT'])('names the place of a window that is no duration: %s', (window) => {
    const example = readFileSync('examples/web-2.4.0.yaml', 'utf8').replace('PT10S', window);
    expect(said(example)).toEqual([`58:53 rollout.phases[0].criteria[0].window is "${window}"`]);
  });

  it('refuses aliases that blow a plan up, and takes a few that do not', () => {
    const levels = Array.from({ length: 9 }, (_, level) => {
      const inner = level === 0 ? 'x' : `*l${level - 1}`;
      return `l${level}: &l${level} [${Array(9).fill(inner).join(', ')}]`;
    });
    expect(said(levels.join('\n'))).toEqual(['1:1 plan repeats itself through aliases too often']);
    const shared = SMALLEST_PLAN.replace(/qa_lead: (.*)/, 'qa_lead: &quinn $1').replace(
      /product_owner: .*/,
      'product_owner: *quinn',
    );
    expect(parsePlan(shared).ok).toBe(true);
  });

  it('says of a text that is none where that shows, and nothing else', () => {
    expect(said(`${SMALLEST_PLAN}\u0000\u0001: [}`)).toEqual([
      '13:1 plan holds the control character U+0000, as a picture or an archive does',
    ]);
    expect(said('a:\r\n  b\u001b[31m')).toEqual([
      '2:4 plan holds the control character U+001B, as a picture or an archive does',
    ]);
    const escaped = SMALLEST_PLAN.replace('summary: ', 'summary: "\\0\\e[31m" #');
    expect(parsePlan(escaped)).toMatchObject({ ok: true, plan: { summary: '\0\u001b[31m' } });
  });

  it('repeats enough of a text to find the place, and neither pages of it nor what a terminal would obey', () => {
    const long = 'k'.repeat(1_000);
    const texts = [
      `? ${'k'.repeat(100_000)}\n: 1\n? ${'k'.repeat(100_000)}\n: 2\n`,
      `${SMALLEST_PLAN}${long}: 1\n`,
      `${SMALLEST_PLAN}"a\\e[31m\\nb": 1\n`,
      `release: "\\e[31m"\n`,
      `release: [1, 2\n${'x'.repeat(100_000)}\n`,
      `- ${'x '.repeat(50_000)}: }\n`,
    ];
    for (const text of texts) {
      const problems = problemsOf(text);
      expect(problems.length).toBeGreaterThan(0);
      for (const { path, message } of problems) {
        expect(`${path} ${message}`.length).toBeLessThan(450);
        expect(`${path} ${message}`).not.toMatch(/\p{Cc}/u);
      }
    }
    expect(said(texts[2] ?? '')).toEqual(['13:1 a\ufffd[31m b is not a field of a plan']);
  });

  it('refuses a text of more than 256 KB by its bytes', () => {
    const padding = '# €€€€\n'.repeat(18_725);
    expect(padding.length).toBeLessThan(256 * 1024);
    expect(said(SMALLEST_PLAN + padding)).toEqual(['1:1 plan is larger than 256 KB']);
  });

  it('tells an unknown zone, a fixed offset and an impossible date apart', () => {
    const zone = problemsOf(goLive('date: 2030-06-18, time: "10:00", zone: Europe/Amsterdm'))[0];
    expect(zone).toMatchObject({ path: 'goLive.zone', line: 5, hint: 'Did you mean Europe/Amsterdam?' });
    const offset = problemsOf(goLive('date: 2030-06-18, time: "10:00", zone: "+02:00"'))[0];
    expect(offset?.hint).toContain('fixed offset');
    expect(said(goLive('date: 2030-02-29, time: "10:00", zone: UTC'))).toEqual([
      '5:17 goLive.date is 2030-02-29, a day that is not in the calendar',
    ]);
  });

  it('says how a go-live that the clocks skip or repeat is taken', () => {
    const skipped = goLive('date: 2030-03-31, time: "02:30", zone: Europe/Amsterdam');
    expect(warningsOf(skipped)).toEqual([
      expect.stringContaining('on a weekend'),
      '5 goLive.time The clocks skip 2030-03-31 02:30 in Europe/Amsterdam; go-live is the first instant after it, Sun 31 Mar 2030, 03:00 (Europe/Amsterdam).',
    ]);
    const repeated = goLive('date: 2030-10-27, time: "02:30", zone: Europe/Amsterdam');
    expect(warningsOf(repeated)).toEqual([
      expect.stringContaining('on a weekend'),
      '5 goLive.time 2030-10-27 02:30 in Europe/Amsterdam comes twice, because the clocks go back; go-live is the first of the two.',
    ]);
  });

  it('warns of a go-live at a weekend, with the next working day', () => {
    expect(warningsOf(goLive('date: 2027-07-03, time: "10:00", zone: Europe/Berlin'))).toEqual([
      "5 goLive.date Go-live is on a weekend, Sat 3 Jul 2027. The next working day is Mon 5 Jul 2027; I don't know about public holidays.",
    ]);
    expect(warningsOf(goLive('date: 2027-07-04, time: "10:00", zone: Europe/Berlin'))[0]).toContain(
      'Sun 4 Jul 2027. The next working day is Mon 5 Jul 2027',
    );
  });

  it('warns of a poll at a weekend, in the zone of the release', () => {
    const monday = 'date: 2030-06-17, time: "10:00", zone: Pacific/Auckland';
    expect(warningsOf(goLive(monday))).toEqual([
      '5 goLive.date The poll decision opens on a weekend, Sun 16 Jun 2030, 14:00 (Pacific/Auckland). ' +
        "The next working day is Mon 17 Jun 2030; I don't know about public holidays. Move go-live, or the poll under goNoGo.polls.",
    ]);
    const friday =
      'goNoGo: { polls: [{ key: decision, kind: decision, opens: { offset: -P3D, time: "14:00" }, closes: { goLive: -PT2H } }] }';
    expect(warningsOf(`${goLive(monday)}${friday}\n`)).toEqual([]);
    const untilSunday = friday.replace('goLive: -PT2H', 'offset: -P1D, time: "20:00"');
    expect(warningsOf(`${goLive(monday)}${untilSunday}\n`)).toEqual([
      expect.stringContaining(
        'The poll decision closes on a weekend, Sun 16 Jun 2030, 20:00 (Pacific/Auckland).',
      ),
    ]);
  });

  it('warns of a communication at a time that the clocks skip', () => {
    const text = goLive('date: 2030-04-07, time: "10:00", zone: Europe/Amsterdam').concat(
      'communications: { change: { final-testing-status: { time: "02:30" } } }\n',
    );
    expect(warningsOf(text).join()).toContain(
      'Final testing status (final-testing-status) is planned for a time that the clocks skip',
    );
  });

  it('refuses a go-live that has passed, and warns of communications that have', () => {
    expect(said(SMALLEST_PLAN, { now: Date.UTC(2030, 5, 18, 8) })).toEqual([
      '5:9 goLive is Tue 18 Jun 2030, 10:00 (Europe/Amsterdam), which has passed',
    ]);
    expect(warningsOf(SMALLEST_PLAN, Date.UTC(2030, 5, 4, 8, 30))).toEqual([
      '5 goLive The time of 1 communication has passed: T-14 readiness-review.',
    ]);
    expect(warningsOf(SMALLEST_PLAN, Date.UTC(2030, 5, 1))).toEqual([]);
  });

  it('wants phases that rise and end at 100', () => {
    const text = `${SMALLEST_PLAN}rollout:\n  phases:\n    - trafficPercent: 10\n    - trafficPercent: 10\n    - trafficPercent: 50\n`;
    expect(said(text)).toEqual([
      '16:23 rollout.phases[1].trafficPercent is 10, which is not above the 10 of the phase before',
      '17:23 rollout.phases[2].trafficPercent is 50 in the last phase',
    ]);
  });

  it('wants polls that close after they open, before go-live, one after the other, with people to ask', () => {
    const text = `${SMALLEST_PLAN}goNoGo:
  roles: [qa_lead, support_lead]
  polls:
    - { key: readiness, kind: readiness, opens: { offset: -P2D, time: "14:00" }, closes: { offset: -P2D, time: "09:00" } }
    - { key: decision, kind: decision, opens: { offset: -P3D, time: "14:00" }, closes: { goLive: PT1H } }
`;
    expect(said(text)).toEqual([
      '14:20 goNoGo.roles[1] asks support_lead, for whom the plan has no person',
      '16:49 goNoGo.polls[0].opens opens while the poll decision is open',
      '16:90 goNoGo.polls[0].closes is not after the poll opens',
      '17:88 goNoGo.polls[1].closes is after go-live',
    ]);
  });

  it('one person for several roles that vote where the plan forbids it', () => {
    const shared = SMALLEST_PLAN.replace('emil@example.com', 'quinn@example.com');
    expect(said(`${shared}goNoGo: { distinctPeople: true }\n`).join()).toContain(
      'but goNoGo.distinctPeople is true',
    );
    expect(parsePlan(`${shared}goNoGo: { distinctPeople: false }\n`).ok).toBe(true);
    expect(parsePlan(`${SMALLEST_PLAN}goNoGo: { distinctPeople: true }\n`).ok).toBe(true);
  });

  it('wants exactly one decision, and each schedule time said in one way', () => {
    const polls = (words: string) => said(`${SMALLEST_PLAN}goNoGo: { polls: [${words}] }\n`).join('; ');
    const whole = 'opens: { goLive: -PT5H }, closes: { goLive: -PT2H }';
    expect(polls(`{ key: a, kind: readiness, ${whole} }`)).toContain('exactly one poll of kind decision');
    expect(
      polls(`{ key: a, kind: decision, opens: { goLive: PT0S, time: "10:00" }, closes: { offset: P0D } }`),
    ).toBe(
      '13:52 goNoGo.polls[0].opens does not say when in one way; 13:93 goNoGo.polls[0].closes does not say when in one way',
    );
  });

  it('takes windows from a second to the fifteen minutes that metrics are kept for', () => {
    const rollout = (window: string) => `${SMALLEST_PLAN}rollout:
  phases:
    - { trafficPercent: 100, criteria: [{ metric: error-rate, below: 1, window: ${window} }] }
`;
    expect(said(rollout('PT15M1S'))).toEqual([
      '15:81 rollout.phases[0].criteria[0].window is longer than 15 minutes',
    ]);
    expect(problemsOf(rollout('P1D'))[0]?.expected).toBe(
      'how far back the metric is read, such as PT5M and at most PT15M, on the wall clock',
    );
    expect(said(rollout('PT0S'))).toEqual([
      '15:81 rollout.phases[0].criteria[0].window is shorter than a second',
    ]);
    for (const window of ['PT1S', 'PT15M', 'PT900S']) expect(parsePlan(rollout(window)).ok).toBe(true);
  });

  it('knows the drivers and metrics sources that are configured, and tells all else with them', () => {
    const text = `${SMALLEST_PLAN.replace('"2.4.0"', '2.40')}rollout:
  driver: demoo
  metrics: prometeus
`;
    const adapters = { drivers: ['demo'], metrics: ['prometheus'] };
    expect(said(text, { adapters })).toEqual([
      '3:10 version is the number 2.4',
      '14:11 rollout.driver is "demoo", which is not configured',
      '15:12 rollout.metrics is "prometeus", which is not configured',
    ]);
    expect(said(text)).toEqual(['3:10 version is the number 2.4']);
    expect(parsePlan(SMALLEST_PLAN, { adapters: { drivers: ['prod'], metrics: [] } }).ok).toBe(true);
  });

  it('knows the communications by key', () => {
    const text = `${SMALLEST_PLAN}communications:
  drop: [deployment-kickof, go-no-go-decision]
  change:
    readiness-reviw: { time: "09:00" }
    lessons-learned: { template: lesons-learned }
    success-confirmation: { time: "09:00" }
    deployment-kickoff: { offset: -P1D }
    live-status: { template: readiness-review, customerFacing: true }
  add:
    - { key: live-status, title: Survey, offset: P3D, time: "09:00", audience: product, template: survey }
`;
    expect(said(text, { templates: ['readiness-review', 'lessons-learned'] })).toEqual([
      '14:10 communications.drop[0] is "deployment-kickof", which is not a default communication',
      '14:29 communications.drop[1] is "go-no-go-decision", which is not a default communication',
      '16:5 communications.change.readiness-reviw is "readiness-reviw", which is not a default communication',
      '17:34 communications.change.lessons-learned.template is "lesons-learned", which is not a template',
      '18:27 communications.change.success-confirmation gives a time to what comes when the rollout completes',
      '19:25 communications.change.deployment-kickoff moves it to another day without a time',
      '20:30 communications.change.live-status.template is given for the live card',
      '20:64 communications.change.live-status.customerFacing is set for the live card, which changes all the time, so that nobody can approve it',
      '22:14 communications.add[0].key is "live-status", which is taken',
      '22:99 communications.add[0].template is "survey", which is not a template',
    ]);
  });

  it('goes on checking the other parts when one of them is broken', () => {
    const text = `${SMALLEST_PLAN}communications: { drop: [nothing-known], add: [{}] }\n`;
    expect(said(text)[0]).toBe(
      '13:26 communications.drop[0] is "nothing-known", which is not a default communication',
    );
  });

  it('never throws and always places its problems within the text, whatever it is given', () => {
    const pieces = fc.constantFrom(
      'goLive',
      ': ',
      '{',
      '}',
      '[',
      ']',
      '- ',
      '\n',
      '  ',
      '&a ',
      '*a',
      '"',
      "'",
      '#',
      '|',
      '>',
      '!!x ',
      '\t',
      '%YAML 1.1\n',
      '---\n',
      '__proto__',
      '1',
      'é',
      '\u0000',
      '\uD800',
    );
    const broken = fc
      .tuple(fc.nat(SMALLEST_PLAN.length), fc.array(pieces, { maxLength: 12 }))
      .map(([at, words]) => SMALLEST_PLAN.slice(0, at) + words.join('') + SMALLEST_PLAN.slice(at));
    fc.assert(
      fc.property(
        fc.oneof(
          broken,
          fc.string(),
          fc.array(pieces, { maxLength: 40 }).map((words) => words.join('')),
        ),
        (text) => {
          const reading = parsePlan(text);
          if (reading.ok) return;
          expect(reading.problems.length).toBeGreaterThan(0);
          const lines = text.split('\n').length;
          for (const { line, column } of reading.problems) {
            expect(line).toBeGreaterThanOrEqual(1);
            expect(line).toBeLessThanOrEqual(lines + 1);
            expect(column).toBeGreaterThanOrEqual(1);
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});
