import { readFileSync } from 'node:fs';
import { errorMessage } from '../../lib/error-message.ts';
import type { TlsFiles } from '../../lib/http/create-fetch.ts';
import type { PrometheusTextSettings } from './schema.ts';

/** Reads certificates and key, once. @throws Error naming the setting whose file can't be read */
export function readTlsFiles(tls: NonNullable<PrometheusTextSettings['tls']>): TlsFiles {
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
