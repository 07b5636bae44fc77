import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  audit,
  dana,
  goLive,
  ines,
  openView,
  planRelease,
  rita,
  seePost,
  submit,
  type,
  wordsOf,
  wordsOfView,
} from './scene.ts';
import { modes, startTestApp, type TestApp } from './start-test-app.ts';

describe.each(modes)('/release over %s', (mode) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(mode);
  });
  afterAll(() => app.stop());

  const answer = async (person: string, line: string) => {
    const { status, message } = await type(app, person, line);
    expect(status).toBe('acknowledged');
    expect(message?.onlyFor).toBe(person);
    return wordsOf(message);
  };

  it('says that no release is under way, and how to plan one to those who may', async () => {
    const none = 'No release is under way. Plan one with /release new.';
    for (const line of ['/release list', '/release show', '/release schedule', '/release status']) {
      expect(await answer(rita, line)).toBe(none);
      expect(await answer(dana, line)).toBe('No release is under way.');
    }
    for (const line of ['/release go-no-go', '/promote', '/rollback']) {
      expect(await answer(dana, line)).toBe('No release is under way.');
    }
  });

  it('means the one release under way when none is named', async () => {
    await planRelease(app, { key: 'web-2.4.0' });
    expect(await answer(ines, '/release list')).toContain(
      '(web-2.4.0): in planning, go-live Mon 1 Mar 2027, 14:00 (Europe/Amsterdam)',
    );
    const shown = await answer(ines, '/release show');
    expect(shown).toContain('A better shop.');
    expect(shown).toContain('Release Manager: Rita Moreno, votes');
    expect(shown).toContain(
      'Go/no-go decision: Mon 1 Mar 2027, 10:00 (Europe/Amsterdam) to Mon 1 Mar 2027, 12:00 (Europe/Amsterdam)',
    );
    expect(shown).toContain('50 % for 1 hour');
    expect(await answer(ines, '/release schedule')).toMatch(
      /Still to come .*🕐 T-0 .*, Mon 1 Mar 2027, 14:00/s,
    );
    const status = await type(app, ines, '/release status');
    expect(wordsOf(status.message)).toContain('Web shop 2.4.0 · not approved yet');
    expect(JSON.stringify(status.message)).not.toContain('"actions"');
  });

  it('finds a release among other words, quotes and capitals', async () => {
    for (const words of [
      'WEB-2.4.0',
      '`web-2.4.0`',
      '“web-2.4.0”.',
      'of web-2.4.0 please',
      'web-\u200b2.4.0\u202e',
    ]) {
      expect(await answer(ines, `/release show ${words}`), words).toContain('Key: web-2.4.0');
    }
  });

  it('names the unknown release, and where to look', async () => {
    expect(await answer(ines, '/release show web-9')).toBe(
      'There is no release "web-9". See them with /release list.',
    );
    const long = await answer(ines, `/release show ${'x'.repeat(10_000)}`);
    expect(long).toBe(`There is no release "${'x'.repeat(80)}". See them with /release list.`);
  });

  it('suggests what was meant by an unknown word', async () => {
    expect(await answer(ines, '/release shwo')).toBe(
      'There is no /release shwo. Did you mean /release show?',
    );
    expect(await answer(ines, '/release gonogo')).toContain('Did you mean /release go-no-go?');
    expect(await answer(ines, '/release web-2.4.0')).toContain('Did you mean /release show web-2.4.0?');
    expect(await answer(ines, '/release 🤷')).toBe(
      'There is no /release 🤷. /release help lists all commands.',
    );
  });

  it('helps with every command, typed or not', async () => {
    const help = await answer(ines, '/release help');
    const commands = ['new', 'import', 'list', 'show', 'schedule', 'go-no-go', 'status', 'help'];
    for (const command of commands) expect(help).toContain(`/release ${command}`);
    expect(help).toContain('/promote [release]');
    expect(help).toContain('/rollback [release]');
    expect(await answer(ines, '/release')).toBe(help);
  });

  it('asks for the go/no-go on request, once', async () => {
    expect(await answer(ines, '/release go-no-go web-2.4.0')).toBe(
      "You can't open a go/no-go for web-2.4.0.\nWho can: Rita Moreno (Release Manager).",
    );
    await type(app, rita, '/release go-no-go web-2.4.0');
    expect(wordsOfView((await openView(app, rita)).view)).toContain('now for the decision on web-2.4.0');
    const { view } = await submit(app, rita, {});
    expect(view?.title).toBe('Asked');
    await seePost(app, /^web-2.4.0: go\/no-go, 0 of 6 voted/);
    expect(await answer(rita, '/release go-no-go')).toContain('is already open; ');
    expect((await audit(app, 'web-2.4.0')).map(({ action }) => action)).toEqual(
      expect.arrayContaining(['release.created', 'request.refused', 'poll.opened']),
    );
  });

  it('asks which release is meant when there are several', async () => {
    await planRelease(app, { key: 'api-7.0' });
    const which = 'Which release? Give its key: api-7.0, web-2.4.0.';
    for (const line of ['/release show', '/release schedule', '/release status', '/release go-no-go']) {
      expect((await answer(rita, line)).replace('web-2.4.0, api-7.0', 'api-7.0, web-2.4.0')).toBe(which);
    }
    expect(await answer(rita, '/release show api-7.0')).toContain('Key: api-7.0');
  });

  it('lets only those plan who may', async () => {
    for (const line of ['/release new', '/release import']) {
      const { message, view } = await type(app, ines, line);
      expect(wordsOf(message)).toBe("You can't plan releases.\nWho can: Rita Moreno.");
      expect(view).toBeUndefined();
    }
  });

  it('has nothing left to decide once a release has started', async () => {
    const key = await planRelease(app, { key: 'late-1.0' });
    await goLive(app, key);
    expect((await type(app, dana, `/promote ${key} --yes`)).status).toBe('acknowledged');
    await seePost(app, /^late-1.0: started with 1 %/);
    expect(await answer(rita, `/release go-no-go ${key}`)).toContain('nothing left to decide');
    expect(await answer(rita, `/release status ${key}`)).toContain('Web shop 2.4.0 · 1 % · ');
  });
});
