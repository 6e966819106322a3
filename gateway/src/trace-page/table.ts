import { type Content, type Html, html } from './html.js';

/** A table with its headings; what it says when it has no rows. */
export interface Table {
  /** what it lists, for those who do not see it */
  readonly caption: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly Content[])[];
  readonly empty: string;
}

/**
 * A table whose first column names its rows, and whose headings stand on every printed page; on a screen that is
 * too narrow for it the table scrolls, and the page does not.
 */
export function tableOf({ caption, headings, rows, empty }: Table): Html {
  if (rows.length === 0) return html`<p class="none">${empty}</p>`;
  const table = html`<table>
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        ${headings.map((heading) => html`<th scope="col">${heading}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(rowOf)}
    </tbody>
  </table>`;
  return scrolling(caption, table);
}

/** What may be wider than the screen and scrolls by itself, with the keyboard too. */
export function scrolling(label: string, content: Html): Html {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${label}">${content}</div>`;
}

function rowOf([first, ...rest]: readonly Content[]): Html {
  return html`<tr>
    <th scope="row">${first}</th>
    ${rest.map((cell) => html`<td>${cell}</td>`)}
  </tr> `;
}

/** Something out of order, in words and in red. */
export function alarm(...content: readonly Content[]): Html {
  return html`<strong class="alarm">${content}</strong>`;
}

/** Several things, each on a line of its own; nothing for none. */
export function lines(items: readonly Content[]): Content {
  return items.length === 0
    ? undefined
    : html`<ul>
        ${items.map((each) => html`<li>${each}</li>`)}
      </ul>`;
}

/** A digest on one line. */
export function digestText(digest: string): Html {
  return onOneLine(digest);
}

/** What is read as one, such as a file's path, on one line. */
export function onOneLine(text: string): Html {
  return html`<code class="whole">${text}</code>`;
}

/** An identifier that no line is too short for. */
export function identifier(id: string): Html {
  return html`<code>${id}</code>`;
}
