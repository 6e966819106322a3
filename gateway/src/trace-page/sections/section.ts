import { type Content, type Html, html } from '../html.js';

/** A part of the page under its own heading. */
export interface Section {
  /** the fragment under which it is linked */
  readonly id: string;
  readonly heading: string;
  readonly body: Content;
  /** begins on a page of its own in print */
  readonly ownPage?: true;
}

export function sectionOf({ id, heading, body, ownPage }: Section): Html {
  return html`<section
    id="${id}"
    class="${ownPage ? 'own-page' : 'flowing'}"
    aria-labelledby="${id}-heading"
  >
    <h2 id="${id}-heading">${heading}</h2>
    ${body}
  </section> `;
}
