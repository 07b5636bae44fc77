import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { replaceFile } from '../src/lib/replace-file.ts';

/** What the bot and the local platforms know each other by. */
export interface Secrets {
  botToken: string;
  appToken: string;
  signingSecret: string;
  teamsSecret: string;
}

/** Made up once for each folder; the same workspace keeps the same tokens. */
export function rememberSecrets(folder: string): Secrets {
  const file = path.join(folder, 'secrets.json');
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>) : {};
  const secret = () => randomBytes(18).toString('hex');
  const secrets = {
    botToken: `xoxb-${secret()}`,
    appToken: `xapp-${secret()}`,
    signingSecret: secret(),
    teamsSecret: secret(),
    // A folder of an earlier version lacks some.
    ...kept,
  };
  replaceFile(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}
