import { expect, it } from 'vitest';
import { mentionedIn, plainText } from '../../../../src/bot/slack/listeners/plain-text.ts';

const names = new Map([['U0RITA', 'Rita Moreno']]);

it.each([
  ['Ask <@U0RITA>.', 'Ask @Rita Moreno.'],
  ['Ask <@U0EVE|eve> or <@U0BOB>.', 'Ask @eve or @U0BOB.'],
  ['See <#C012|general> and <#C013>.', 'See #general and #C013.'],
  ['<!here> at <!date^1392734382^{date}|Feb 18>', '@here at Feb 18'],
  ['<https://a.example/x?a=1&amp;b=2|the run>', 'the run (https://a.example/x?a=1&b=2)'],
  ['<https://a.example/x>', 'https://a.example/x'],
  ['1 &lt; 2 &amp;&amp; 3 &gt; 2', '1 < 2 && 3 > 2'],
  ['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
])('reads %j as it reads in Slack', (text, words) => {
  expect(plainText(text, names)).toBe(words);
});

it('knows whom a text mentions, each once', () => {
  expect(mentionedIn('<@U1> <@U2|two> <@U1> <#C1>')).toEqual(['U1', 'U2']);
});
