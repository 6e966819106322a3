const QUOTE = '"';
const BACKSLASH = '\\';

/** Position of the quote that ends the string opened at `start`, or the text's length. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf(QUOTE, start + 1); end >= 0; end = text.indexOf(QUOTE, end + 1)) {
    let unescaped = end;
    while (unescaped > start + 1 && text[unescaped - 1] === BACKSLASH) unescaped -= 1;
    if ((end - unescaped) % 2 === 0) return end;
  }
  return text.length;
}

/**
 * Depth of the deepest nesting of objects and arrays; `{}` has depth 1. Reads the text without parsing it, so
 * that it may run before any recursive parser sees the input.
 */
export function nestingDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let position = 0; position < text.length; position += 1) {
    const character = text[position];
    if (character === QUOTE) position = endOfString(text, position);
    else if (character === '{' || character === '[') deepest = Math.max(deepest, (depth += 1));
    else if (character === '}' || character === ']') depth -= 1;
  }
  return deepest;
}

/**
 * The first key that an object of the text holds twice, its values equal or not; undefined when there is none.
 * @param text valid JSON: something JSON.parse accepted
 */
export function duplicateKey(text: string): string | undefined {
  // arrays too, so that closing one does not close the object around it
  const enclosing: Set<string>[] = [];
  for (let position = 0; position < text.length; position += 1) {
    const character = text[position];
    if (character === '{' || character === '[') enclosing.push(new Set());
    else if (character === '}' || character === ']') enclosing.pop();
    else if (character === QUOTE) {
      const end = endOfString(text, position);
      if (isKey(text, end)) {
        const key = String(JSON.parse(text.slice(position, end + 1)));
        const keys = enclosing.at(-1);
        if (keys?.has(key) === true) return key;
        keys?.add(key);
      }
      position = end;
    }
  }
  return undefined;
}

/** In valid JSON a colon outside strings follows keys and nothing else. */
function isKey(text: string, closingQuote: number): boolean {
  let next = closingQuote + 1;
  while (/[ \t\n\r]/u.test(text[next] ?? '')) next += 1;
  return text[next] === ':';
}
