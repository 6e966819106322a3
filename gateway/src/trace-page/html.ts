/** Markup that is safe to send: made by {@link html} alone. */
export class Html {
  readonly text: string;

  constructor(made: { readonly trusted: string }) {
    this.text = made.trusted;
  }
}

/** What a template may hold: text is escaped, markup stands as it is, nothing is nothing. */
export type Content = Html | string | number | undefined | readonly Content[];

/**
 * Makes markup, HTML or SVG, of a template whose values are escaped. A value stands in an element's content or
 * between an attribute's quotes, never in a tag's or an attribute's name, a script or a style.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  const parts = strings.map((string, index) => string + render(values[index]));
  return new Html({ trusted: parts.join('') });
}

function render(content: Content): string {
  if (content === undefined) return '';
  if (content instanceof Html) return content.text;
  if (typeof content === 'string') return escape(content);
  if (typeof content === 'number') return String(content);
  return content.map(render).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What XML 1.0 cannot hold (section 2.2), and what would turn the direction of the text around it. */
const UNFIT = /(?![\t\n\r])[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu;

function escape(text: string): string {
  return text
    .replaceAll(UNFIT, '\ufffd')
    .replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
