/** The browser page of the local workspace: built once in memory, served with a strict content policy. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import type { FastifyInstance } from 'fastify';
import { findPackageFolder } from '../src/lib/package-folder.ts';

const SOURCE = path.join(findPackageFolder('sandbox'), 'page');

/**
 * Scripts, styles and connections of this origin only; pictures also inline. Nothing a message says can
 * make the page load, run or send anything elsewhere.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export interface Page {
  html: string;
  js: string;
  css: string;
}

/** Bundles the page, minified, in less than a second. Rejects with esbuild's messages when it can't. */
export async function buildPage(): Promise<Page> {
  const [html, bundle] = await Promise.all([
    readFile(path.join(SOURCE, 'index.html'), 'utf8'),
    build({
      entryPoints: [path.join(SOURCE, 'main.tsx')],
      bundle: true,
      minify: true,
      write: false,
      outdir: 'assets',
      format: 'esm',
      target: 'es2022',
      jsx: 'automatic',
      legalComments: 'none',
      logLevel: 'silent',
      define: { 'process.env.NODE_ENV': '"production"' },
    }),
  ]);
  return { html, js: textOf(bundle.outputFiles, '.js'), css: textOf(bundle.outputFiles, '.css') };
}

/** A file of the page, ready to be sent. */
interface PageFile {
  contentType: string;
  body: string;
  headers: Record<string, string>;
}

/** Builds the page and adds its files to a server: `/`, `/assets/page.js`, `/assets/page.css`, `/assets/icon.svg`. */
export async function servePage(app: FastifyInstance): Promise<void> {
  for (const [path, { contentType, body, headers }] of await loadFiles()) {
    app.get(path, (_request, reply) => {
      const file = path === '/' ? nameTeams(app, body) : body;
      return reply.headers(headers).type(contentType).send(file);
    });
  }
}

/** Says in the markup that the server has a Teams as well, where it has one. */
function nameTeams(app: FastifyInstance, html: string): string {
  const hasTeams = app.hasRoute({ method: 'GET', url: '/teams/sandbox/workspace' });
  return hasTeams ? html.replace('<html ', '<html data-platforms="slack teams" ') : html;
}

async function loadFiles(): Promise<Map<string, PageFile>> {
  const [page, icon] = await Promise.all([buildPage(), readFile(path.join(SOURCE, 'icon.svg'), 'utf8')]);
  return new Map([
    ['/', fileOf('text/html; charset=utf-8', page.html)],
    ['/assets/page.js', fileOf('text/javascript; charset=utf-8', page.js)],
    ['/assets/page.css', fileOf('text/css; charset=utf-8', page.css)],
    ['/assets/icon.svg', fileOf('image/svg+xml', icon)],
  ]);
}

function fileOf(contentType: string, body: string): PageFile {
  return {
    contentType,
    body,
    headers: {
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      // The page is built anew at each start, so a browser must not keep an older one.
      'cache-control': 'no-store',
    },
  };
}

function textOf(files: { path: string; text: string }[], extension: string): string {
  const file = files.find(({ path }) => path.endsWith(extension));
  if (!file) throw new Error(`The page's build made no ${extension} file.`);
  return file.text;
}
