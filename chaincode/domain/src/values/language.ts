import { parse } from 'bcp-47';
import { z } from 'zod';
import { COUNTRIES } from './country.js';

/**
 * A language by BCP 47 (RFC 5646): language, and script and region where they matter, in the case of section 2.1.1:
 * `de`, `de-AT`, `zh-Hant`, `es-419`. A region is a country or an area's number. Variants, extensions and private use
 * hold words of anybody's choice, and are refused.
 */
export const language = z
  .string()
  .regex(
    /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?$/,
    'a language by BCP 47 with script and region, such as de, zh-Hant or es-419',
  )
  .refine(isOfKnownRegion, 'a region by ISO 3166-1 alpha-2, such as GB, or by UN M.49');

function isOfKnownRegion(tag: string): boolean {
  const { region } = parse(tag);
  return !region || region.length === 3 || COUNTRIES.includes(region);
}
