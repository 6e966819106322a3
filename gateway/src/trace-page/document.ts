import { createHash } from 'node:crypto';
import { type Content, Html, html } from './html.js';
import { type Section, sectionOf } from './sections/section.js';
import { stylesheet } from './stylesheet.js';

/** A page and the policy under which a browser may show it. */
export interface Page {
  readonly text: string;
  /** Content-Security-Policy: this page's own styles, and nothing else */
  readonly policy: string;
}

/** What a document says. */
export interface PrintedDocument {
  readonly title: string;
  /** what stands below every printed page, besides its number */
  readonly foot: string;
  /** of whom and when, below the title */
  readonly lead: Content;
  readonly sections: readonly Section[];
}

/** A document for people: to read, and to print on A4. No scripts. */
export function documentOf({ title, foot, lead, sections }: PrintedDocument): Page {
  const styles = stylesheet(title, foot);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        ${styleElement(styles)}
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          <p>${lead}</p>
        </header>
        <nav aria-label="Contents">
          <ul>
            ${sections.map(({ id, heading }) => html`<li><a href="#${id}">${heading}</a></li>`)}
          </ul>
        </nav>
        <main>${sections.map(sectionOf)}</main>
      </body>
    </html> `;
  return { text: page.text, policy: policyOf(styles) };
}

/** The element by itself, since its policy names the hash of every character in it. */
function styleElement(styles: string): Html {
  return new Html({ trusted: `<style>${styles}</style>` });
}

/** Content Security Policy 3, section 2.3.1: the style element by the hash of its text. */
function policyOf(styles: string): string {
  const hash = createHash('sha256').update(styles).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
}
