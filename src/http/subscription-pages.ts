import { escapeHtml } from '../lib/escape-html.ts';

/** Plain pages that load nothing and run nothing; a browser is told so, too. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
};

const style = `
body { font: 17px/1.5 system-ui, sans-serif; color: #1d1c1d; background: #fff; margin: 0; padding: 48px 16px }
main { max-width: 32rem; margin: 0 auto }
h1 { font-size: 1.5rem; line-height: 1.3 }
label { display: block; font-weight: 600; margin-bottom: 4px }
input { box-sizing: border-box; width: 100%; font: inherit; padding: 10px; border: 1px solid #767676; border-radius: 4px; margin-bottom: 16px }
button { font: inherit; padding: 10px 20px; border: 0; border-radius: 4px; background: #0b5cad; color: #fff; cursor: pointer }
:focus-visible { outline: 3px solid #f2a900; outline-offset: 2px }
.error { color: #b3001b; font-weight: 600 }
`;

/** One page. Texts are literal; `form` is HTML of ours. */
function page({ title, text, form = '' }: { title: string; text: string; form?: string }): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title><style>${style}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(text)}</p>
${form}
</main></body></html>
`;
}

/** Asks for the address; `error`: what was wrong with the one before. */
export function joinPage({ list, error }: { list: string; error?: string }): string {
  const wrong =
    error === undefined ? '' : `<p class="error" id="error" role="alert">${escapeHtml(error)}</p>`;
  const described = error === undefined ? '' : ' aria-describedby="error" aria-invalid="true"';
  return page({
    title: `Messages for ${list}`,
    text: 'You get them by e-mail. We first ask you to confirm that the address is yours.',
    form: `${wrong}<form method="post"><label for="email">Your e-mail address</label>
<input id="email" name="email" type="email" autocomplete="email" maxlength="254" required${described}>
<button>Subscribe</button></form>`,
  });
}

/** The same for everybody, so that nobody learns who is on the list. */
export function askedPage(): string {
  return page({
    title: 'Check your mail',
    text: 'If the address is not on the list yet, we have sent it a message with a link to confirm it. The link works for two days. Nothing arrived? Look in your spam folder, or try again in an hour.',
  });
}

/** A button, since programs open the links in messages, too. */
export function confirmPage(): string {
  return page({
    title: 'Get these messages?',
    text: 'With this you confirm that the address is yours.',
    form: '<form method="post"><button>Yes, subscribe me</button></form>',
  });
}

export function confirmedPage(list: string): string {
  return page({
    title: 'You are subscribed',
    text: `You get the messages of the list "${list}" from now on. Each has a link to stop them.`,
  });
}

export function leavePage(): string {
  return page({
    title: 'Stop these messages?',
    text: 'You will get no more messages of this list.',
    form: '<form method="post"><button>Unsubscribe</button></form>',
  });
}

export function leftPage(list: string): string {
  return page({ title: 'You are unsubscribed', text: `You get no more messages of the list "${list}".` });
}

export function brokenLinkPage(): string {
  return page({
    title: 'This link no longer works',
    text: 'It may have expired or be incomplete. Open it from the message again, or subscribe again.',
  });
}

export function noListPage(): string {
  return page({
    title: 'There is no such list',
    text: 'It may have been closed. Ask whoever gave you this address.',
  });
}
