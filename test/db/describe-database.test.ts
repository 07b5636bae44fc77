import { expect, it } from 'vitest';
import { describeDatabase } from '../../src/db/describe-database.ts';

it.each([
  ['postgres://tminus:hush@db.example.com:5432/tminus', 'db.example.com:5432/tminus'],
  ['postgresql://db.example.com/tminus?sslmode=require', 'db.example.com/tminus'],
  ['postgres://tminus:hu%2Fsh@[::1]:5432/tminus', '[::1]:5432/tminus'],
  ['postgres:///tminus', 'localhost/tminus'],
  ['postgres:///tminus?host=/var/run/postgresql', '/var/run/postgresql/tminus'],
  ['postgres://tminus:hu@sh@db.example.com/tminus', 'db.example.com/tminus'],
  ['not a url', null],
])('%s is %s', (url, place) => {
  expect(describeDatabase(url)).toBe(place);
});

it.each(['12/hush', '12?hush', '12#hush', '1@2/hush', 'hush/', '12/#hush'])(
  'never shows a part of the password %s, which ought to have been escaped',
  (password) => {
    expect(describeDatabase(`postgres://tminus:${password}@db.example.com/tminus`)).toBeNull();
  },
);
