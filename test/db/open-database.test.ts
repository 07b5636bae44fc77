import { describe, expect, inject, it } from 'vitest';
import { openDatabase } from '../../src/db/open-database.ts';
import { DatabaseUnreachableError } from '../../src/db/wait-for-database.ts';
import { silentLog } from '../../src/lib/log.ts';
import { withDatabase } from '../support/start-postgres.ts';
import { findTestPort } from '../support/test-port.ts';

describe('openDatabase', () => {
  it('says where it looked, without the password, when nothing answers', async () => {
    const port = await findTestPort();
    const url = `postgres://someone:secret@127.0.0.1:${port}/things`;
    const failing = openDatabase({ url, max: 1, log: silentLog, timeoutMs: 0 });
    await expect(failing).rejects.toThrow(DatabaseUnreachableError);
    await expect(failing).rejects.toThrow(`127.0.0.1:${port}/things`);
    await expect(failing).rejects.not.toThrow('secret');
  });

  it('does not wait for a database that does not exist', async () => {
    const began = Date.now();
    const url = withDatabase(inject('services').postgresUrl, 'no_such_database');
    await expect(openDatabase({ url, max: 1, log: silentLog })).rejects.toThrow('no_such_database');
    expect(Date.now() - began).toBeLessThan(5000);
  });
});
