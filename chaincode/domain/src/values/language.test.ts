import { describe, expect, test } from '@jest/globals';
import { language } from './language.js';

describe('a language', () => {
  test.each(['de', 'de-AT', 'zh-Hant', 'zh-Hant-TW', 'es-419', 'sr-Latn-RS', 'yue'])(
    'is written by BCP 47: %s',
    (tag) => {
      expect(language.safeParse(tag).success).toBe(true);
    },
  );

  test.each([
    ['a region that is no country', 'en-UK'],
    ['an area that the United Nations do not number', 'es-999'],
    ['a script that nobody registered, such as a name', 'de-Jane'],
    ['a script for private use', 'de-Qaaa'],
    ['a language that nobody registered', 'xx'],
    ['a language for private use', 'qaa'],
    ['a second spelling of the same', 'zh-hant'],
    ['a second spelling of the same', 'DE'],
    ['another separator', 'de_AT'],
    ['words for private use', 'de-x-jane-doe'],
    ['private use alone', 'x-jane'],
    ['a variant, which anybody may choose', 'de-jane1'],
    ['an extension', 'de-u-co-phonebk'],
    ['a tag of before BCP 47', 'i-klingon'],
    ['a name', 'German'],
    ['nothing', ''],
  ])('is not %s: %s', (_name, tag) => {
    expect(language.safeParse(tag).success).toBe(false);
  });
});
