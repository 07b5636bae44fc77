import { expect, test } from 'vitest';
import { normalizeMarkup, typedCommand, typedMessage } from '../../../sandbox/workspace/markup.ts';
import { notifiedBy } from '../../../sandbox/workspace/notifies.ts';

const inSection = (text: object) => ({ text: '', blocks: [{ type: 'section', text }] });
const inRichText = (element: object) => ({
  text: '',
  blocks: [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [element] }] }],
});

const groups = [{ id: 'S123', handle: 'team', name: 'Team', members: ['U0INES', 'U0SAM'] }];

test.each([
  ['<!channel>', { text: 'hi <!channel>' }, ['*']],
  ['<!here>', { text: '<!here|here>' }, ['*']],
  ['<!everyone>', { text: '<!everyone>' }, ['*']],
  ['a group', { text: '<!subteam^S123|@team>', groups }, ['U0INES', 'U0SAM']],
  ['a group that is not there', { text: '<!subteam^S404>', groups }, []],
  ['a person', { text: '<@U0RITA> and <@U0EMIL|emil>' }, ['U0RITA', 'U0EMIL']],
  ['escaped markup', { text: '&lt;!channel&gt; &lt;@U0RITA&gt;' }, []],
  ['a plain name in text', { text: '@here @channel' }, []],
  ['a plain name with link_names', { text: '@here', linkNames: true }, ['*']],
  ['text that blocks replace', { text: '<!channel>', blocks: [{ type: 'divider' }] }, []],
  ['mrkdwn', inSection({ type: 'mrkdwn', text: '<!channel>' }), ['*']],
  ['a plain name in mrkdwn', inSection({ type: 'mrkdwn', text: 'now (@here)' }), ['*']],
  ['a plain name in verbatim mrkdwn', inSection({ type: 'mrkdwn', text: '@here', verbatim: true }), []],
  ['a mention in verbatim mrkdwn', inSection({ type: 'mrkdwn', text: '<!here>', verbatim: true }), ['*']],
  ['plain text', inSection({ type: 'plain_text', text: '<!channel> @here' }), []],
  ['an e-mail address', inSection({ type: 'mrkdwn', text: 'me@here.com' }), []],
  ['markdown', { text: '', blocks: [{ type: 'markdown', text: '@channel' }] }, ['*']],
  ['a rich text broadcast', inRichText({ type: 'broadcast', range: 'here' }), ['*']],
  ['a rich text user', inRichText({ type: 'user', user_id: 'U0SAM' }), ['U0SAM']],
  [
    'a rich text group',
    { ...inRichText({ type: 'usergroup', usergroup_id: 'S123' }), groups },
    ['U0INES', 'U0SAM'],
  ],
  ['a rich text run', inRichText({ type: 'text', text: '<!channel> @here <@U0RITA>' }), []],
])('%s', (_what, message, expected) => {
  expect(notifiedBy(message)).toEqual(expected);
});

const names = { people: [{ id: 'U0RITA', name: 'rita' }], channels: [{ id: 'C0QA', name: 'qa' }] };

test('what a person types is literal but for names', () => {
  expect(typedMessage('<b> & @rita, see #qa. @here @nobody', names)).toBe(
    '&lt;b&gt; &amp; <@U0RITA>, see <#C0QA>. <!here> @nobody',
  );
});

test('names in a command become ids only where the manifest asks for it', () => {
  expect(typedCommand('show <x> @rita #qa', names, true)).toBe('show &lt;x&gt; <@U0RITA|rita> <#C0QA|qa>');
  expect(typedCommand('show <x> @rita #qa', names, false)).toBe('show <x> @rita #qa');
});

test('an app cannot have stray markup taken for a mention', () => {
  expect(normalizeMarkup('<!channel> <nothing> <@U1> a&b &amp; <https://e.com|e>')).toBe(
    '<!channel> &lt;nothing&gt; <@U1> a&amp;b &amp; <https://e.com|e>',
  );
});
