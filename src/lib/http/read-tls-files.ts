import { readFileSync } from 'node:fs';
import { errorMessage } from '../error-message.ts';
import type { TlsSettings } from './connection-settings.ts';
import type { TlsFiles } from './create-fetch.ts';

/** Reads certificates and key, once. @throws Error naming the setting whose file can't be read */
export function readTlsFiles(tls: TlsSettings): TlsFiles {
  const { caFile, certFile, keyFile } = tls;
  return {
    ...(caFile !== undefined && { ca: readPem('caFile', caFile) }),
    ...(certFile !== undefined && { cert: readPem('certFile', certFile) }),
    ...(keyFile !== undefined && { key: readPem('keyFile', keyFile) }),
  };
}

function readPem(setting: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`The file of tls.${setting} of a metric source can't be read: ${errorMessage(error)}.`);
  }
}
