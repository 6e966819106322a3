import type { Language } from './words.js';

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', ja: 'ja-JP' };

const LONG: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long' };

/** A day in the reader's zone; with its year where that is another than now's. */
export function dayOf(instant: string, language: Language): string {
  const date = new Date(instant);
  const year = date.getFullYear() === new Date().getFullYear() ? {} : { year: 'numeric' as const };
  return new Intl.DateTimeFormat(LOCALES[language], { ...LONG, ...year }).format(date);
}

/** A month in the reader's zone, with its year. */
export function monthOf(instant: string, language: Language): string {
  const options = { month: 'long', year: 'numeric' } as const;
  return new Intl.DateTimeFormat(LOCALES[language], options).format(new Date(instant));
}

/** A day and time in the reader's zone, which is named after its place. */
export function momentOf(instant: string, language: Language): string {
  const options = { hour: 'numeric', minute: '2-digit', timeZoneName: 'shortGeneric' } as const;
  return new Intl.DateTimeFormat(LOCALES[language], { ...LONG, ...options }).format(
    new Date(instant),
  );
}

/** The ledger's own time of something, to the second: `2026-11-30 08:31:02`. */
export function exactly(instant: string): string {
  return new Date(instant).toISOString().replace('T', ' ').slice(0, 19);
}

/** Several things after each other, as the language lists them. */
export function listOf(things: readonly string[], language: Language): string {
  return new Intl.ListFormat(LOCALES[language], { type: 'conjunction' }).format(things);
}
