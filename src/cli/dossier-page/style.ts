/**
 * The style of a dossier: light or dark as the reader's system is, always light on paper. Tables scroll by themselves
 * on a phone. Contrast is 4.5:1 or more.
 */
export const STYLE = `
:root { color-scheme: light dark; --page: #fff; --band: #f4f5f7; --ink: #1c2126; --soft: #545c66; --line: #cfd4da;
  --accent: #0b57a4; --good: #11592f; --good-bg: #e2f4e8; --bad: #9b1c1c; --bad-bg: #fde8e8; }
@media (prefers-color-scheme: dark) { :root { --page: #15181c; --band: #1f2429; --ink: #e8eaed; --soft: #aab2bc;
  --line: #3a424b; --accent: #8ab8f0; --good: #9fe0b6; --good-bg: #12351f; --bad: #ffb4b4; --bad-bg: #4a1d1d; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 70rem; padding: 1.5rem; background: var(--page); color: var(--ink);
  font: .95rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; padding-bottom: .25rem; border-bottom: 2px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; }
a { color: var(--accent); }
p { margin: 0 0 .75rem; }
.soft { color: var(--soft); }
.verdict { padding: .75rem 1rem; border-radius: .375rem; }
.good { color: var(--good); background: var(--good-bg); }
.bad { color: var(--bad); background: var(--bad-bg); }
.scroll { overflow-x: auto; margin: 0 0 1rem; }
table { border-collapse: collapse; width: 100%; font-size: .88rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line);
  min-width: 5rem; }
thead th { border-bottom: 2px solid var(--line); }
code { font: .8rem/1.4 ui-monospace, monospace; }
.trail td:first-child { min-width: 2.5rem; }
.hash { display: block; color: var(--soft); word-break: break-all; }
nav ol { columns: 2; margin: 0; padding-left: 1.25rem; }
ul { margin: 0; padding-left: 1.1rem; }
@media (max-width: 40rem) { body { padding: 1rem; } nav ol { columns: 1; } }
@media print {
  :root { color-scheme: light; --page: #fff; --band: #fff; --ink: #000; --soft: #333; --line: #999; --accent: #000;
    --good: #000; --good-bg: #fff; --bad: #000; --bad-bg: #fff; }
  @page { size: A4; margin: 16mm 14mm; }
  body { max-width: none; padding: 0; font-size: 9.5pt; }
  table { font-size: 8pt; }
  th, td { min-width: 0; }
  .scroll { overflow: visible; }
  code { font-size: 6.5pt; }
  .verdict { border: 1.5pt solid #000; }
  thead { display: table-header-group; }
  tr, h2, h3, .verdict { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  nav { display: none; }
}
`;
