import { expect, it } from 'vitest';
import { plainHtml } from '../../../../src/bot/teams/listeners/plain-html.ts';

it.each([
  ['<div><div>All&nbsp;green</div></div>', 'All green'],
  ['<p>One</p><p>Two</p>', 'One\nTwo'],
  ['One<br>Two<br/>Three', 'One\nTwo\nThree'],
  ['<ul>\n<li>a</li>\n<li>b</li></ul>', 'a\nb'],
  ['<at id="0">Rita</at> look <img alt="🎉" src="x">', 'Rita look 🎉'],
  ['1 &lt; 2 &amp;&amp; &#51; &gt; 2 &#x1F600; &unknown;', '1 < 2 && 3 > 2 😀 &unknown;'],
  ['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
])('reads %j without its tags', (html, words) => {
  expect(plainHtml(html)).toBe(words);
});
