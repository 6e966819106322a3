import { iso31661 } from 'iso-3166';
import { z } from 'zod';

/** The alpha-2 codes of the countries that ISO 3166-1 assigns. */
export const COUNTRIES: readonly string[] = iso31661.map(({ alpha2 }) => alpha2);

/** A country by ISO 3166-1 alpha-2: reserved codes such as `UK` and user-assigned ones such as `ZZ` are none. */
export const country = z.enum(COUNTRIES, {
  error: 'a country by ISO 3166-1 alpha-2, such as DE or GB',
});
