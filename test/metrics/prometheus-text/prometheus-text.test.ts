import { Histogram, Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import {
  PrometheusTextError,
  parsePrometheusText,
  seriesKey,
} from '../../../src/metrics/prometheus-text/prometheus-text.ts';

function escapePattern(text: string): string {
  return text.replace(/[\\{}()[\]^$.|?*+]/g, '\\$&');
}

/** Reads every series. */
function parseAll(text: string, maxSamples = 1_000) {
  return parsePrometheusText(text, { matters: () => true, maxSamples });
}

function parseOne(line: string) {
  const samples = parseAll(`${line}\n`);
  expect(samples).toHaveLength(1);
  const [sample] = samples;
  return sample && { name: sample.name, labels: Object.fromEntries(sample.labels), value: sample.value };
}

describe('parsePrometheusText', () => {
  it.each([
    ['up 1', 'up', {}, 1],
    ['  up\t 1  ', 'up', {}, 1],
    ['up{} 1', 'up', {}, 1],
    ['a:b_c{} -0.5', 'a:b_c', {}, -0.5],
    ['up{a="1",b="2"} 3', 'up', { a: '1', b: '2' }, 3],
    ['up { a = "1" , } 3', 'up', { a: '1' }, 3],
    ['up{a=""} 3', 'up', { a: '' }, 3],
    ['up{a="x y # } , ="} 3', 'up', { a: 'x y # } , =' }, 3],
    ['up{a="quote \\" slash \\\\ line \\n end"} 3', 'up', { a: 'quote " slash \\ line \n end' }, 3],
    ['up{a="C:\\\\new"} 3', 'up', { a: 'C:\\new' }, 3],
    ['up{a="größe 🚀"} 3', 'up', { a: 'größe 🚀' }, 3],
    ['up 1.5e3', 'up', {}, 1500],
    ['up .5', 'up', {}, 0.5],
    ['up 5.', 'up', {}, 5],
    ['up NaN', 'up', {}, Number.NaN],
    ['up +Inf', 'up', {}, Number.POSITIVE_INFINITY],
    ['up Inf', 'up', {}, Number.POSITIVE_INFINITY],
    ['up -Inf', 'up', {}, Number.NEGATIVE_INFINITY],
    ['up 1 1712345678901', 'up', {}, 1],
    ['up 1 -1', 'up', {}, 1],
    ['b_bucket{le="0.1"} 8 # {trace_id="KOO5S4vxi0o"} 0.067', 'b_bucket', { le: '0.1' }, 8],
    ['b_bucket{le="0.1"} 8 # {} 0.067 1520879607.789', 'b_bucket', { le: '0.1' }, 8],
    ['b_bucket{le="0.1"} 8 15 # {a="b"} +Inf', 'b_bucket', { le: '0.1' }, 8],
  ])('reads %j', (line, name, labels, value) => {
    expect(parseOne(line)).toEqual({ name, labels, value });
  });

  it('leaves comments and blank lines out', () => {
    const page = '# HELP up Is it up? \\n {"\n# TYPE up gauge\n\n  \n#\nup 1\n# EOF\n';
    expect(parseAll(page).map((sample) => sample.name)).toEqual(['up']);
  });

  it('takes an empty page as no samples', () => {
    expect(parseAll('')).toEqual([]);
  });

  it.each([
    ['up', 'expected a value at column 3'],
    ['up one', 'expected a value at column 4'],
    ['up 0x10', 'expected a value at column 4'],
    ['up 1,5', 'expected a value at column 4'],
    ['up 1e', 'expected a value at column 4'],
    ['up 1\r', 'expected a value at column 4'],
    ['up 1 soon', 'expected a timestamp at column 6'],
    ['up 1 2 3', 'expected the end of the line at column 8'],
    ['up{a="1" 3', 'expected "," at column 10'],
    ['up{a="1"', 'expected "," at column 9'],
    ['up{a="1} 3', 'expected a label value in quotes at column 6'],
    ["up{a='1'} 3", 'expected a label value in quotes at column 6'],
    ['up{a} 3', 'expected "=" at column 5'],
    ['up{a:b="1"} 3', 'expected "=" at column 5'],
    ['up{,} 3', 'expected a label name at column 4'],
    ['up{a="1",,} 3', 'expected a label name at column 10'],
    ['up{a="\\t"} 3', 'unknown escape \\t in a label value'],
    ['up{a="1",a="2"} 3', 'the label a is there twice'],
    ['up 1 # trace', 'expected "{" at column 8'],
    ['up 1 # {a="b"}', "expected an exemplar's value at column 15"],
  ])('says what is wrong with %j', (line, message) => {
    const [good, odd, ...others] = parseAll(`good 1\n${line}\n`);
    expect(good).toEqual({ name: 'good', labels: new Map(), value: 1 });
    expect(odd).toMatchObject({ name: 'up', value: Number.NaN });
    expect(odd?.problem).toMatch(new RegExp(`^line 2: ${escapePattern(message)}`));
    expect(others).toEqual([]);
  });

  it.each([
    ['up{a="1",b="2"} one', { a: '1', b: '2' }, false],
    ['up{a="1",b="2"} 1 # trace', { a: '1', b: '2' }, false],
    ['up{a="1",b=2} 3', { a: '1' }, true],
    ['up{a="1",a="2",b="3"} 3', {}, true],
  ])('says which labels of %j are sure', (line, labels, lacksLabels) => {
    const [odd] = parseAll(`${line}\n`);
    expect(odd).toMatchObject({ lacksLabels, problem: expect.stringMatching(/^line 1: /) });
    expect(Object.fromEntries(odd?.labels ?? [])).toEqual(labels);
  });

  it('refuses a page that was cut off', () => {
    expect(() => parseAll('requests 1\nrequests_total 12')).toThrow('line 2: the last line has no line feed');
  });

  it('believes none of a series that is there twice, whatever the order of its labels', () => {
    const samples = parseAll('up{a="1",b="2"} 3\nup{b="2",a="1"} 4\nup{a="1"} 5\n');
    expect(samples).toMatchObject([
      { value: Number.NaN, problem: 'line 2: the series up is there twice' },
      { value: 5 },
    ]);
    expect(samples[1]).not.toHaveProperty('problem');
  });

  it('tells series apart that differ only in where a separator stands', () => {
    const keys = parseAll('up{a="1\\",\\"b"} 1\nup{a="1",b=""} 1\nup{a="1"} 1\n').map(seriesKey);
    expect(new Set(keys).size).toBe(3);
  });

  it('reads what prom-client writes', async () => {
    const registry = new Registry();
    const histogram = new Histogram({
      name: 'h',
      help: 'a "help"\nof two',
      labelNames: ['v'],
      registers: [registry],
    });
    histogram.observe({ v: 'a"b\\c\nd' }, 0.3);
    const samples = parseAll(await registry.metrics());
    const bucket = samples.find(({ name, labels }) => name === 'h_bucket' && labels.get('le') === '+Inf');
    expect(bucket?.value).toBe(1);
    expect(bucket?.labels.get('v')).toBe('a"b\\c\nd');
    expect(samples.find(({ name }) => name === 'h_sum')?.value).toBe(0.3);
  });

  it.each([
    ['escapes', `up{a="${'\\\\'.repeat(1_000_000)}"} 1`],
    ['a label without an end', `up{a="${'\\\\'.repeat(1_000_000)} 1`],
    ['digits', `up ${'1'.repeat(2_000_000)}`],
    ['digits that are no number', `up ${'1'.repeat(2_000_000)}x`],
    ['labels', `up{${'a="",'.repeat(400_000)}} 1`],
  ])('refuses a line of millions of %s at once', (_, line) => {
    expect(() => parseAll(`${line}\n`)).toThrow('line 1: more than 10000 characters');
  });

  it.each(['1'.repeat(101), `${'1'.repeat(9_900)}x`, `1e${'0'.repeat(100)}`])(
    'takes no number of more than a hundred characters',
    (number) => {
      expect(parseAll(`up ${number}\n`)).toMatchObject([
        { value: Number.NaN, problem: 'line 1: expected a value at column 4' },
      ]);
    },
  );

  it('reads a label of thousands of escapes', () => {
    const label = '\\\\'.repeat(4_000);
    expect(parseAll(`up{a="${label}"} 1\n`)[0]?.labels.get('a')).toHaveLength(4_000);
  });

  describe('when only some series matter', () => {
    const matters = (name: string) => name === 'wanted';
    const wanted = (page: string) =>
      parsePrometheusText(page, { matters, maxSamples: 1_000 }).map(({ value }) => value);

    it.each([
      ['a series there twice', 'jobs{q="a"} 1\njobs{q="a"} 2\n'],
      ['an odd line', '<<<<<<< HEAD\n'],
      ['a line without a value', 'jobs{q="a"}\n'],
      ['a line of Windows', 'jobs 1\r\n'],
      ['a label that is not closed', 'jobs{q="a 1\n'],
      ['a long line', `jobs{q="${'a'.repeat(20_000)}"} 1\n`],
      [
        'a hundred thousand series',
        Array.from({ length: 100_000 }, (_, index) => `jobs{q="${index}"} 1\n`).join(''),
      ],
    ])('passes over %s elsewhere', (_, odd) => {
      expect(wanted(`wanted 1\n${odd}wanted{a="b"} 2\n`)).toEqual([1, 2]);
      expect(wanted(`${odd}wanted 1\n`)).toEqual([1]);
    });

    it('is as strict as ever with those that do', () => {
      expect(wanted('jobs 1\nwanted one\n')).toEqual([Number.NaN]);
      expect(wanted('jobs 1\nwanted 1\nwanted 1\n')).toEqual([Number.NaN]);
      expect(() => wanted('wanted 1\njobs 12')).toThrow('line 2: the last line has no line feed');
    });

    it('refuses a page that has no series at all', () => {
      for (const page of ['<!doctype html>\n<p>Sign in</p>\n', '<html>\n', '1up 1\n']) {
        expect(() => wanted(page)).toThrow(PrometheusTextError);
        expect(() => wanted(page)).toThrow('line 1: expected a metric name at column 1');
      }
      expect(wanted('# nothing yet\n\n')).toEqual([]);
    });
  });

  it('refuses more series than are asked for', () => {
    const page = Array.from({ length: 11 }, (_, index) => `up{a="${index}"} 1\n`).join('');
    expect(parseAll(page, 11)).toHaveLength(11);
    expect(() => parseAll(page, 10)).toThrow('line 11: more than 10 series');
  });
});
