/** What someone may type or paste who means harm, or only has an odd keyboard. */
export const hostile: Record<string, string> = {
  broadcasts: '<!channel> <!here> <!everyone|all> @channel @here @everyone',
  mentions: '<@U0INES> <#C0RELEASE|x> <!subteam^S0ALL> @ines',
  markup: '`code` ```block``` *bold* _italic_ ~strike~ > quote & &lt;b&gt; <b>',
  links: '<https://evil.example|https://bank.example> mailto:rita@example.com',
  emoji: ':tada: 🎉 👩‍👩‍👧‍👦 🇳🇱',
  direction: '\u202eevil\u202c שלום \u2067مرحبا\u2069',
  controls: 'a\u0000b\u0007c\u001bd\u2028e\ufefff',
  surrogates: 'half \ud83d and \udc00 alone',
  variables: '{{release.key}} {{{secret}}} $(1+1) %s',
  json: '"},{"type":"section"}] \\" \\u0000 \\n',
  endless: 'long '.repeat(2_000),
};
