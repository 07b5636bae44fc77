import { findProgram } from './find-program.ts';

/** A Chromium for browser tests: `TMINUS_CHROMIUM`, else one on the path, else installed where we may. */
export function chromiumPath(): string {
  return (
    process.env.TMINUS_CHROMIUM ||
    findProgram({
      names: ['chromium', 'chromium-browser', 'google-chrome'],
      package: 'chromium',
      hint: 'Install Chromium, or set TMINUS_CHROMIUM to the path of a Chrome or Chromium.',
    })
  );
}
