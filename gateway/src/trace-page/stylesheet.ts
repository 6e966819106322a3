/** For screens and for A4; no colour says anything that a word does not. */
const STYLES = `
:root { color: #1b2430; background: #ffffff; font: 15px/1.45 system-ui, 'Liberation Sans', Arial, sans-serif; }
body { margin: 0 auto; padding: 1.5rem; max-width: 74rem; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .6rem; padding-bottom: .2rem; border-bottom: 2px solid #1b2430; }
header p { margin: .15rem 0; color: #3b4654; }
nav ul, .counts { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; padding: 0; margin: .8rem 0; list-style: none; }
a { color: #12468f; }
a:focus-visible, .scroll:focus-visible { outline: 3px solid #12468f; outline-offset: 2px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.2rem; margin: 0; }
dt { font-weight: 600; } dd { margin: 0; }
dd ul, td ul, th ul { margin: 0; padding: 0; list-style: none; }
td li + li { margin-top: .2rem; }
code { font: .82em ui-monospace, 'Liberation Mono', monospace; overflow-wrap: anywhere; color: #3b4654; }
table { width: 100%; border-collapse: collapse; margin: .3rem 0 1.2rem; font-size: .86rem; }
caption { text-align: left; font-weight: 600; padding: .2rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .5rem; border-bottom: 1px solid #c3cad3; font-weight: 400; }
thead th { font-weight: 600; border-bottom: 1.5px solid #1b2430; background: #f0f3f7; }
tbody th { overflow-wrap: break-word; }
code.whole { white-space: nowrap; }
time { white-space: nowrap; font-variant-numeric: tabular-nums; }
.alarm { color: #9b1c1c; font-weight: 700; }
.verdict { padding: .6rem .9rem; border: 2px solid #1b2430; font-size: 1.05rem; }
.verdict.blocked { border: 4px double #9b1c1c; }
.none { color: #3b4654; }
figure { margin: 0; } figcaption { margin-top: .5rem; color: #3b4654; font-size: .86rem; }
.scroll { overflow-x: auto; }
.scroll svg { display: block; margin: 0 auto; max-width: none; }
@media print {
  :root { font-size: 9pt; }
  body { padding: 0; max-width: none; }
  nav { display: none; }
  a { color: inherit; text-decoration: none; }
  .own-page { break-before: page; }
  h2, caption { break-after: avoid; }
  thead { display: table-header-group; }
  tr, figure, .verdict { break-inside: avoid; }
  tbody tr:first-child { break-before: avoid; }
  code.whole { font-size: 6pt; }
  table { font-size: 7.6pt; }
  th, td { padding: 1mm 1.4mm; }
  .scroll { overflow: visible; }
  .scroll svg { width: auto; height: auto; max-width: 100%; max-height: 235mm; }
}
@page { size: A4; margin: 17mm 12mm 15mm; }
`;

/**
 * The page's styles, with lines that stand on every printed page (CSS Paged Media 3, section 5).
 * @param head what stands at the top
 * @param foot what stands at the bottom, besides the page's number
 */
export function stylesheet(head: string, foot: string): string {
  return `${STYLES}@page {
  @top-left { content: "${quoted(head)}"; font: 8pt system-ui, sans-serif; color: #3b4654; }
  @bottom-left { content: "${quoted(foot)}"; font: 8pt system-ui, sans-serif; color: #3b4654; }
  @bottom-right { content: "page " counter(page) " of " counter(pages); font: 8pt system-ui, sans-serif; color: #3b4654; }
}
`;
}

/** Only characters that mean nothing inside a CSS string or a style element. */
function quoted(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9 .,:;_-]/g, '?');
}
