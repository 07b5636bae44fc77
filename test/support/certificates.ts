import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { findProgram } from './find-program.ts';

/** Both in PEM. */
export interface Certificate {
  certificate: string;
  key: string;
}

/** A certificate that nobody has signed but its own key, for `host`. */
export async function makeCertificate(host: string): Promise<Certificate> {
  const openssl = findProgram({ names: ['openssl'], package: 'openssl', hint: 'Install OpenSSL.' });
  const folder = await mkdtemp(path.join(tmpdir(), 'tminus-certificate-'));
  const [certificate, key] = [path.join(folder, 'certificate.pem'), path.join(folder, 'key.pem')];
  try {
    const subject = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`, '-days', '2'];
    const files = ['-keyout', key, '-out', certificate];
    await promisify(execFile)(openssl, [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      ...subject,
      ...files,
    ]);
    return { certificate: await readFile(certificate, 'utf8'), key: await readFile(key, 'utf8') };
  } finally {
    await rm(folder, { recursive: true });
  }
}
