/** What XML would read as markup, written as text. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** About how wide a text is, in pixels, in a sans-serif of that size: an ideograph is as wide as high. */
export function widthOf(text: string, size: number): number {
  return Array.from(text).reduce(
    (width, each) => width + (/[\u3000-\u9fff\uff00-\uffef]/u.test(each) ? size : size * 0.56),
    0,
  );
}

/** A text that fits into so many pixels, cut at its end where it must be. */
export function fitting(text: string, size: number, width: number): string {
  if (widthOf(text, size) <= width) return text;
  const letters = Array.from(text);
  while (letters.length > 0 && widthOf(`${letters.join('')}…`, size) > width) letters.pop();
  return `${letters.join('')}…`;
}
