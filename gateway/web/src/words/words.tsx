import { createContext, type ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { type Catalogue, en } from './en.js';
import { ja } from './ja.js';

/** The catalogues by their language; the first is spoken where none fits. */
const CATALOGUES = { en, ja } as const satisfies Readonly<Record<string, Catalogue>>;

export type Language = keyof typeof CATALOGUES;

export const LANGUAGES = Object.keys(CATALOGUES) as readonly Language[];

const KEPT_AS = 'veinledger.language';

const isLanguage = (text: string | null): text is Language =>
  text !== null && Object.hasOwn(CATALOGUES, text);

/** What was chosen here before, or the first of the browser's languages that there is a catalogue for. */
export function preferredLanguage(): Language {
  const kept = localStorage.getItem(KEPT_AS);
  if (isLanguage(kept)) return kept;
  const spoken = navigator.languages.map((each) => each.slice(0, 2));
  return spoken.find(isLanguage) ?? 'en';
}

export function keepLanguage(language: Language): void {
  localStorage.setItem(KEPT_AS, language);
}

export function catalogueOf(language: Language): Catalogue {
  return CATALOGUES[language];
}

/** What is said, in which language. */
export interface Spoken {
  readonly language: Language;
  readonly words: Catalogue;
}

export const SpokenContext = createContext<Spoken>({ language: 'en', words: en });

export function useWords(): Spoken {
  return useContext(SpokenContext);
}

const READING = /\{([^|{}]+)\|([^|{}]+)\}/gu;

/** A text whose words in braces carry their reading, `{検体|けんたい}`. */
export function Say({ text }: { readonly text: string }): ComponentChildren {
  const parts: ComponentChildren[] = [];
  let from = 0;
  for (const found of text.matchAll(READING)) {
    const [whole, word, reading] = found;
    parts.push(
      text.slice(from, found.index),
      <ruby>
        {word}
        <rt>{reading}</rt>
      </ruby>,
    );
    from = found.index + whole.length;
  }
  return <>{[...parts, text.slice(from)]}</>;
}

/** The same text without readings, for titles and names. */
export function plain(text: string): string {
  return text.replace(READING, '$1');
}
