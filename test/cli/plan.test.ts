import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planCommand } from '../../src/cli/plan.ts';
import { readHead } from '../../src/cli/read-head.ts';
import { planFields } from '../../src/core/plan/plan.ts';
import { planJsonSchema } from '../../src/core/plan/plan-json-schema.ts';
import { SMALLEST_PLAN } from '../core/plan/example-plan.ts';

const fields = Object.keys(planFields.shape).join(', ');

/** Runs `tminus plan …` over files in memory, with the clock at 1 May 2030. */
async function run(args: string[], files: Record<string, string | Uint8Array> = {}) {
  const result = { out: '', error: '', code: 0 };
  const command = planCommand({
    env: {},
    write: (text) => {
      result.out += text;
    },
    writeError: (text) => {
      result.error += text;
    },
    readHead: async (path, most) => {
      const file = files[path];
      return file === undefined ? readHead(path, most) : Buffer.from(file).subarray(0, most);
    },
    now: () => Date.UTC(2030, 4, 1),
    setExitCode: (code) => {
      result.code = code;
    },
  });
  await command.parseAsync(args, { from: 'user' });
  return result;
}

describe('tminus plan check', () => {
  it('accepts the example', async () => {
    expect(await run(['check', 'examples/web-2.4.0.yaml'])).toEqual({
      out: 'examples/web-2.4.0.yaml: web-2.4.0 is a valid plan with 27 communications.\n',
      error: '',
      code: 0,
    });
  });

  it('tells every problem as file:line:column, and exits with 1', async () => {
    const text = SMALLEST_PLAN.replace('"10:00"', '25:00').replace('product:', 'prodct:');
    expect(await run(['check', 'a.yaml'], { 'a.yaml': text })).toEqual({
      out: '',
      error: [
        `a.yaml:2:1 prodct: is not a field of a plan; expected ${fields}. Did you mean product?`,
        'a.yaml:5:35 goLive.time: is "25:00"; expected a time of day such as 09:30, on a 24-hour clock.',
        '2 problems. docs/plans.md describes every field.',
        '',
      ].join('\n'),
      code: 1,
    });
  });

  it('refuses a go-live that has passed and a template that there is not', async () => {
    const text = SMALLEST_PLAN.replace('2030-06-18', '2030-04-30').concat(
      'communications: { change: { lessons-learned: { template: lesson-learned } } }\n',
    );
    const { error, code } = await run(['check', 'a.yaml'], { 'a.yaml': text });
    expect(error).toContain('goLive: is Tue 30 Apr 2030, 10:00 (Europe/Amsterdam), which has passed');
    expect(error).toContain('Did you mean lessons-learned?');
    expect(code).toBe(1);
  });

  it('warns and goes on', async () => {
    const text = SMALLEST_PLAN.replace('2030-06-18', '2030-05-03');
    const { out, error, code } = await run(['check', 'a.yaml'], { 'a.yaml': text });
    expect(error).toMatch(
      /^a\.yaml:5:9 goLive: warning: The times of 7 communications have passed: T-14 readiness-review/,
    );
    expect([out, code]).toEqual(['a.yaml: web-2.4.0 is a valid plan with 27 communications.\n', 0]);
  });

  it('warns of a text that a comment cut, and of a go-live at a weekend; so does the preview', async () => {
    const text = SMALLEST_PLAN.replace('2030-06-18', '2030-06-16').replace('Web shop', 'Web shop (see #88)');
    for (const verb of ['check', 'preview']) {
      const { error, code } = await run([verb, 'a.yaml'], { 'a.yaml': text });
      expect(error).toContain('a.yaml:2:10 product: warning: It was read as "Web shop (see": from "#88)" on');
      expect(error).toContain('a.yaml:5:17 goLive.date: warning: Go-live is on a weekend, Sun 16 Jun 2030.');
      expect(code).toBe(0);
    }
  });

  it('previews what each kind of destination shows', async () => {
    const previewed = async (kind: string) => {
      const { out, code } = await run(['preview', '--as', kind, 'a.yaml'], { 'a.yaml': SMALLEST_PLAN });
      expect(code).toBe(0);
      return out;
    };
    expect(await previewed('slack')).toContain('/release ');
    expect(await previewed('teams')).toContain('@tminus release ');
    expect(await previewed('email')).toMatch(/^ {4}Subject: /m);
    expect(await previewed('webhook')).toContain('"type": "release.message"');
    expect(await run(['preview', '--as', 'fax', 'a.yaml'], { 'a.yaml': SMALLEST_PLAN })).toEqual({
      out: '',
      error: '--as: there is no "fax"; expected slack, teams, email or webhook.\n',
      code: 2,
    });
  });

  it('exits with 2 when a file or folder is not there', async () => {
    for (const verb of ['check', 'preview']) {
      expect(await run([verb, 'nowhere.yaml'])).toEqual({
        out: '',
        error: 'There is no file nowhere.yaml. Give the path of a plan in YAML.\n',
        code: 2,
      });
      const notOne = await run([verb, 'examples']);
      expect([notOne.code, notOne.error]).toEqual([
        2,
        'examples is a folder. Give the path of a plan in YAML.\n',
      ]);
    }
    const folder = await run(['check', '--templates', 'nowhere', 'examples/web-2.4.0.yaml']);
    expect([folder.code, folder.error]).toEqual([2, expect.stringContaining('nowhere')]);
  });
});

describe('the configuration', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'tminus-plan-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const runWith = async (tminusYaml: string, verb: 'check' | 'preview', plan: string) => {
    const config = path.join(folder, 'tminus.yaml');
    await writeFile(config, tminusYaml);
    return run([verb, '--config', config, 'a.yaml'], { 'a.yaml': plan });
  };

  it('gives the channels of audiences for which the plan names none', async () => {
    const settings = `releaseCreators: ["\${NOT_SET}"]\nchannels: { support: "#helpdesk", qa: "#testers" }\n`;
    const own = SMALLEST_PLAN.concat('channels: { qa: "#own-testers" }\n');
    const { out, code } = await runWith(settings, 'preview', own);
    expect(code).toBe(0);
    expect(out).toContain('#helpdesk');
    expect(out).toContain('#own-testers');
    expect(out).not.toMatch(/#support|#testers|#qa/);
  });

  it('has the templates that a plan may name', async () => {
    await writeFile(path.join(folder, 'survey.md'), '# Survey');
    const plan = SMALLEST_PLAN.concat(
      'communications: { change: { lessons-learned: { template: survey } } }\n',
    );
    expect((await runWith('', 'check', plan)).error).toContain('is "survey", which is not a template');
    expect(await runWith(`templates: ${folder}\n`, 'check', plan)).toMatchObject({ error: '', code: 0 });
  });

  it('is told when it can not be used, and the exit code is 2', async () => {
    for (const verb of ['check', 'preview'] as const) {
      expect(await runWith('channels: { support: "help desk" }\n', verb, SMALLEST_PLAN)).toEqual({
        out: '',
        error: expect.stringMatching(/tminus\.yaml is not usable:\n {2}channels\.support: /),
        code: 2,
      });
    }
  });
});

/** Files of which reading `a.yaml` fails with this code. */
function failingWith(code: string): Record<string, string> {
  return Object.defineProperty({}, 'a.yaml', {
    get: () => {
      throw Object.assign(new Error(`${code}: it can not be read`), { code });
    },
  });
}

it('an error of the program is not told as a file that could not be read', async () => {
  const code = 'ERR_INVALID_ARG_TYPE';
  for (const verb of ['check', 'preview']) {
    await expect(run([verb, 'a.yaml'], failingWith(code))).rejects.toThrow(expect.objectContaining({ code }));
  }
});

it.each(['EIO', 'EMFILE', 'ELOOP'])('exits with 2 when the system says %s', async (code) => {
  const told = { out: '', error: `${code}: it can not be read\n`, code: 2 };
  expect(await run(['check', 'a.yaml'], failingWith(code))).toEqual(told);
});

describe('a file that is no plan', () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452000004b0000002', 'hex');
  const utf16 = Buffer.from('\ufeffrelease: web-2.4.0\n', 'utf16le');

  it.each([
    ['a picture', png],
    ['a picture larger than a plan may be', Buffer.concat([png, Buffer.alloc(600_000, 0xff)])],
    ['a text in UTF-16', utf16],
    ['a text in Latin-1', Buffer.from(SMALLEST_PLAN.replace('Rita', 'Ritá'), 'latin1')],
  ])('is not read when it is %s, and nothing of it is shown', async (_, bytes) => {
    for (const verb of ['check', 'preview']) {
      expect(await run([verb, 'a.png'], { 'a.png': bytes })).toEqual({
        out: '',
        error: 'a.png is not a text file in UTF-8. Give a plan in YAML; if it is one, save it as UTF-8.\n',
        code: 2,
      });
    }
    expect((await run(['check', 'docs/images/sandbox.png'])).code).toBe(2);
  });

  it('is told its limit when it is too large, wherever the cut falls', async () => {
    for (const start of ['#', '# ', '#  ', '\ufeff#']) {
      const { error, code } = await run(['check', 'a.yaml'], { 'a.yaml': start + '€'.repeat(200_000) });
      expect(error).toBe(
        'a.yaml:1:1 plan: is larger than 256 KB; expected a plan, which takes a few KB.\n1 problem. docs/plans.md describes every field.\n',
      );
      expect(code).toBe(1);
    }
  });

  it('gets one line for its control characters', async () => {
    const { error, code } = await run(['check', 'a.tar'], { 'a.tar': `${SMALLEST_PLAN}x: a\0b\u0007` });
    expect(error).toBe(
      'a.tar:13:5 plan: holds the control character U+0000, as a picture or an archive does; expected a plan in YAML, a text in UTF-8.\n1 problem. docs/plans.md describes every field.\n',
    );
    expect(code).toBe(1);
  });

  it('is not told a hundred thousand times what is wrong with it', async () => {
    const text = Array.from({ length: 3_000 }, (_, index) => `key${index}: 1\n`).join('');
    const { error } = await run(['check', 'a.yaml'], { 'a.yaml': text });
    expect(error.split('\n')).toHaveLength(102);
    expect(error).toMatch(
      /\n30\d\d problems, the first 100 shown\. docs\/plans\.md describes every field\.\n$/,
    );
  });
});

describe('tminus plan preview', () => {
  it('prints every message with its instant in the zone of the release, its channel and its text', async () => {
    const { out, code } = await run(['preview', 'examples/web-2.4.0.yaml']);
    expect(code).toBe(0);
    expect(out).toContain('Nothing is sent.');
    expect(out.match(/^(?:T[-+]\d+ {2}|if ).* {2}#[a-z-]+$/gm)).toHaveLength(27);
    expect(out).toContain('T-7  Tue 11 Jun 2030, 15:00 (Europe/Amsterdam)  #support');
    expect(out).toContain('    - Checkout in two steps');
    expect(out).toContain('When rolled-back: release-closing-rolled-back instead.');
  });

  it('prints the same as JSON', async () => {
    const { out } = await run(['preview', '--json', 'examples/web-2.4.0.yaml']);
    const preview: unknown = JSON.parse(out);
    expect(preview).toMatchObject({ release: 'web-2.4.0', goLiveAt: '2030-06-18T08:00:00.000Z' });
    expect(preview).toHaveProperty('messages.length', 27);
    expect(preview).toHaveProperty(
      'messages.0',
      expect.objectContaining({
        key: 'readiness-review',
        dueAt: '2030-06-04T08:00:00.000Z',
        addresses: ['#release-deployment'],
        text: expect.stringContaining(
          'Go-live: Tue 18 Jun 2030, 10:00 (Europe/Amsterdam). Rita Moreno will lead the review.',
        ),
      }),
    );
  });

  it('shows the example released on its day: all traffic after six hours', async () => {
    const { out } = await run(['preview', 'examples/web-2.4.0.yaml']);
    expect(out.indexOf('Success confirmation')).toBeLessThan(out.indexOf('Post-release review'));
    expect(out).toContain('Please report what you have seen since go-live');
  });

  it('names who has to approve what customers read', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'tminus-plan-'));
    const file = path.join(folder, 'plan.yaml');
    const change = 'sales-briefing: { customerFacing: true }, lessons-learned: { customerFacing: false }';
    const example = await readFile('examples/web-2.4.0.yaml', 'utf8');
    await writeFile(file, `${example}\ncommunications: { change: { ${change} } }\n`);
    const { out } = await run(['preview', file]);
    expect(out.match(/^Customers read it: .*$/gm)).toEqual([
      'Customers read it: it waits for the approval of Priya Raman (Product Owner).',
    ]);
    const { out: json } = await run(['preview', '--json', file]);
    const { messages } = JSON.parse(json) as { messages: { key: string; approver?: string }[] };
    expect(messages.filter(({ approver }) => approver !== undefined)).toMatchObject([
      { key: 'sales-briefing', customerFacing: true, approver: 'Priya Raman (Product Owner)' },
    ]);
    await rm(folder, { recursive: true });
  });
});

describe('tminus plan schema', () => {
  it('prints the JSON Schema', async () => {
    expect(await run(['schema'])).toEqual({ out: planJsonSchema(), error: '', code: 0 });
  });
});
