/** The style of the page: light or dark as the reader's system is, one column on a phone. Contrast is 4.5:1 or more. */
export const STYLE = `
:root { color-scheme: light dark; --page: #f4f5f7; --card: #fff; --ink: #1c2126; --soft: #545c66; --line: #cfd4da;
  --accent: #0b57a4; --outside: #7a3b00; --outside-bg: #fdebd8; --lost: #9b1c1c; --lost-bg: #fde8e8; }
@media (prefers-color-scheme: dark) { :root { --page: #15181c; --card: #1f2429; --ink: #e8eaed; --soft: #aab2bc;
  --line: #3a424b; --accent: #8ab8f0; --outside: #ffcf9e; --outside-bg: #46300f; --lost: #ffb4b4; --lost-bg: #4a1d1d; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif;
  overflow-wrap: anywhere; }
header, nav, main { max-width: 46rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: .5rem 0; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; }
h3 { font-size: 1.05rem; margin: 0 0 .25rem; }
h4 { font-size: 1.05rem; margin: 0 0 .5rem; }
a { color: var(--accent); }
nav ol { list-style: none; margin: 0; padding: 0; }
nav > ol > li { margin-bottom: .75rem; font-weight: 600; }
nav li li { padding-left: 1rem; font-weight: 400; }
nav a { display: inline-block; padding: .2rem 0; }
article { margin: 0 0 2rem; }
.meta { margin: 0 0 .5rem; color: var(--soft); }
.badge { display: inline-block; margin: 0 0 .5rem; padding: .1rem .5rem; border-radius: .25rem; font-weight: 600; }
.outside { color: var(--outside); background: var(--outside-bg); }
.lost { color: var(--lost); background: var(--lost-bg); }
.card { padding: 1rem; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; }
.card > :last-child { margin-bottom: 0; }
.card p, .card ul, .card ol { margin: 0 0 .75rem; }
.card ul, .card ol { padding-left: 1.5rem; }
.card .mail { width: 100%; height: 30rem; border: 0; background: #fff; }
.card pre { white-space: pre-wrap; }
.note, .fate { color: var(--soft); font-size: .9rem; }
.mention { color: var(--accent); }
.button { padding: .1rem .6rem; border: 1px solid var(--line); border-radius: .25rem; }
blockquote { margin: 0 0 .75rem; padding-left: .75rem; border-left: 3px solid var(--line); }
`;
