/** What documents for people are made of: escaped markup, tables, and a page that prints on A4. */
export { documentOf, type Page, type PrintedDocument } from './document.js';
export { type Content, Html, html } from './html.js';
export type { Section } from './sections/section.js';
export { alarm, digestText, identifier, lines, onOneLine, type Table, tableOf } from './table.js';
export { labelOf, minuteOf, plainMinute, timeOf, wordsOf } from './words.js';
