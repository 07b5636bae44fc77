import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDemoSettings } from '../../../sandbox/demo/demo-settings.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';

const defaults = {
  stableVersion: '2.3.0',
  candidateVersion: '2.4.0',
  weight: 0,
  faulty: false,
  load: 300,
  operations: [],
};

describe('openDemoSettings', () => {
  it('starts from the defaults and remembers what is changed', () => {
    const file = join(makeTemporaryDirectory(), 'deep', 'demo.json');
    const settings = openDemoSettings(file, defaults);
    expect(settings.current()).toEqual(defaults);
    settings.update({ weight: 10, operations: [{ operationId: 'a', command: 'b' }] });
    settings.update({ faulty: true });
    const remembered = {
      ...defaults,
      weight: 10,
      faulty: true,
      operations: [{ operationId: 'a', command: 'b' }],
    };
    expect(settings.current()).toEqual(remembered);
    expect(openDemoSettings(file, defaults).current()).toEqual(remembered);
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, 20)],
    ['empty', () => ''],
    ['out of range', (text: string) => text.replace('"weight":10', '"weight":1000')],
    ['of another candidate', (text: string) => text.replace('2.4.0', '2.5.0')],
    ['of another stable version', (text: string) => text.replace('2.3.0', '2.2.0')],
  ])('starts from the defaults when the file is %s', (_name, damage) => {
    const file = join(makeTemporaryDirectory(), 'demo.json');
    openDemoSettings(file, defaults).update({ weight: 10 });
    const written = readFileSync(file, 'utf8');
    expect(damage(written)).not.toBe(written);
    writeFileSync(file, damage(written));
    expect(openDemoSettings(file, defaults).current()).toEqual(defaults);
  });

  it('is not misled by what a kill left half written', () => {
    const directory = makeTemporaryDirectory();
    const file = join(directory, 'demo.json');
    openDemoSettings(file, defaults).update({ weight: 10 });
    writeFileSync(`${file}.new`, '{"weight":');
    const settings = openDemoSettings(file, defaults);
    expect(settings.current().weight).toBe(10);
    settings.update({ weight: 50 });
    expect(readdirSync(directory)).toEqual(['demo.json']);
  });

  it('changes nothing when it cannot save', () => {
    const directory = makeTemporaryDirectory();
    const settings = openDemoSettings(join(directory, 'demo.json'), defaults);
    mkdirSync(join(directory, 'demo.json', 'in the way'), { recursive: true });
    expect(() => settings.update({ weight: 10 })).toThrow();
    expect(settings.current()).toEqual(defaults);
  });
});
