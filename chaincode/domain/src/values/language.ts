import { parse } from 'bcp-47';
import languages from 'language-subtag-registry/data/json/language.json' with { type: 'json' };
import regions from 'language-subtag-registry/data/json/region.json' with { type: 'json' };
import scripts from 'language-subtag-registry/data/json/script.json' with { type: 'json' };
import { z } from 'zod';
import { COUNTRIES } from './country.js';

/**
 * A language by BCP 47 (RFC 5646): language, and script and region where they matter, in the case of section 2.1.1:
 * `de`, `de-AT`, `zh-Hant`, `es-419`. Each is in IANA's registry of subtags; a region is a country or an area's number.
 * Variants, extensions and private use hold words of anybody's choice, and are refused.
 */
export const language = z
  .string()
  .regex(
    /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?$/,
    'a language by BCP 47 with script and region, such as de, zh-Hant or es-419',
  )
  .refine(isOfKnownLanguage, 'a language of the IANA Language Subtag Registry, such as de or yue')
  .refine(isOfKnownScript, 'a script by ISO 15924, such as Latn or Hant')
  .refine(isOfKnownRegion, 'a region by ISO 3166-1 alpha-2, such as GB, or by UN M.49');

function isOfKnownLanguage(tag: string): boolean {
  return Object.hasOwn(languages, parse(tag).language ?? '');
}

function isOfKnownScript(tag: string): boolean {
  const { script } = parse(tag);
  return !script || Object.hasOwn(scripts, script.toLowerCase());
}

function isOfKnownRegion(tag: string): boolean {
  const { region } = parse(tag);
  if (!region) return true;
  return region.length === 3 ? Object.hasOwn(regions, region) : COUNTRIES.includes(region);
}
