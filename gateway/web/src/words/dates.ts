import type { Language } from './words.js';

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', ja: 'ja-JP' };

const LONG: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long' };

/** A day in the reader's zone; with its year where that is another than now's. */
export function dayOf(instant: string, language: Language): string {
  const date = new Date(instant);
  const year = date.getFullYear() === new Date().getFullYear() ? {} : { year: 'numeric' as const };
  return new Intl.DateTimeFormat(LOCALES[language], { ...LONG, ...year }).format(date);
}

/** A day and time in the reader's zone, with its short name. */
export function momentOf(instant: string, language: Language): string {
  const options = { ...LONG, hour: 'numeric', minute: '2-digit', timeZoneName: 'short' } as const;
  return new Intl.DateTimeFormat(LOCALES[language], options).format(new Date(instant));
}

/** The reader's zone as the IANA database names it, such as Europe/London. */
export function zoneOf(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
