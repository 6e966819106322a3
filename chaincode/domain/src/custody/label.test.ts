import { describe, expect, test } from '@jest/globals';
import type { z } from 'zod';
import { din, item } from '../example.fixture.js';
import { parseClosed } from '../errors/schema.js';
import {
  courier,
  deviated,
  itemIn,
  nurse,
  parcel,
  RECEIPT,
  receive,
  RELEASE,
  release,
  releasedAs,
  underWay,
  unreleased,
} from './hand-off.fixture.js';
import { LABEL_FINDINGS, labelRead } from '../values/label.js';
import { receiveItem } from './receive.js';
import { releaseItem } from './release.js';

describe('the label of what is handed over', () => {
  const mismatches = (decision: ReturnType<typeof receive>) =>
    decision.deviations.map(({ code, classification, expected, found }) => ({
      code,
      classification,
      expected,
      found,
    }));
  const mismatch = (expected: string, found: string) => [
    { code: 'LABEL_MISMATCH', classification: 'critical', expected, found },
  ];
  test('is held against the item by both halves, as the identifier that was read', () => {
    expect(mismatches(release(item(), nurse, { labelRead: din(2) }))).toEqual(
      mismatch(din(1), din(2)),
    );
    expect(mismatches(receive({ labelRead: din(2) }))).toEqual(mismatch(din(1), din(2)));
  });

  test('that both halves read alike is still held against the item', () => {
    const decision = receive({ labelRead: din(2) }, courier, releasedAs(din(2)));
    expect(mismatches(decision)).toEqual(mismatch(din(1), din(2)));
  });

  test('that the receiver reads otherwise than the releaser did is held against the release', () => {
    expect(mismatches(receive({}, courier, releasedAs(din(2))))).toEqual(mismatch(din(2), din(1)));
  });

  test('is held against the item where nobody released it, or another item’s hand-off is named', () => {
    for (const handOff of [unreleased, { ...releasedAs(din(2)), item: din(2) }]) {
      const decision = receive({ labelRead: din(2) }, courier, handOff);
      expect(deviated(decision)).toEqual(['UNKNOWN_HAND_OFF', 'LABEL_MISMATCH']);
      expect(deviated(receive({}, courier, handOff))).toEqual(['UNKNOWN_HAND_OFF']);
    }
  });

  test('is told when a hand-off’s name is taken, as all that was seen is', () => {
    const seen = { labelRead: din(2), condition: 'thawed' };
    expect(deviated(release(item(), nurse, seen, underWay))).toEqual([
      'LABEL_MISMATCH',
      'NOT_INTACT',
      'HAND_OFF_REUSED',
    ]);
  });

  test('may bear two numbers of one item, and whichever was read names it', () => {
    const [own, alias] = [din(1), 'https://id.gs1.org/01/09506000134352/21/AB-12'];
    const tube = item({ alias });
    for (const read of [own, alias]) {
      expect(mismatches(release(tube, nurse, { labelRead: read }))).toEqual([]);
      for (const other of [own, alias, 'unreadable']) {
        const came = receive({ labelRead: read }, courier, releasedAs(other), { ...parcel, alias });
        expect(mismatches(came)).toEqual([]);
      }
    }
    expect(mismatches(release(item(), nurse, { labelRead: alias }))).toEqual(mismatch(own, alias));
  });

  test('mismatches once, by what was read and by the handler’s own word', () => {
    const both = { labelRead: din(2), identityCheck: 'mismatch' };
    expect(mismatches(release(item(), nurse, both))).toEqual(mismatch(din(1), din(2)));
  });

  test.each(LABEL_FINDINGS)('that is %s is a fact, deviates and quarantines', (labelRead) => {
    for (const decision of [release(item(), nurse, { labelRead }), receive({ labelRead })]) {
      expect(mismatches(decision)).toMatchObject([
        { code: 'LABEL_UNREADABLE', classification: 'major', found: labelRead },
      ]);
      expect(itemIn(decision)).toMatchObject({ blockers: [{ code: 'LABEL_UNREADABLE' }] });
    }
    expect(deviated(receive({}, courier, releasedAs(labelRead)))).toEqual([]);
  });

  const link = 'https://id.gs1.org/01/09506000134352/21/AB-12';

  test('that is spelt otherwise is told which forms there are', () => {
    const read = () => parseClosed(labelRead, `${link}/`, 'body.labelRead');
    expect(read).toThrow(
      /"expected":"an ISBT 128 DIN .*, a GS1 Digital Link https:.*, unreadable, absent, no-identifier"/,
    );
  });

  test.each([
    ['the scheme in capitals', link.replace('https', 'HTTPS')],
    ['no encryption', link.replace('https', 'http')],
    ['no scheme', link.replace('https://', '')],
    ['the host in capitals', link.replace('id.gs1.org', 'ID.GS1.org')],
    ['the domain of somebody else', link.replace('id.gs1.org', 'id.example.org')],
    ['the port that is meant anyway', link.replace('.org', '.org:443')],
    ['the root of the domain', link.replace('.org', '.org.')],
    ['a trailing slash', `${link}/`],
    ['a doubled slash', link.replace('/21/', '//21/')],
    ['a step up and down again', link.replace('/21/', '/21/../21/')],
    ['a serial that is a step up', link.replace('AB-12', '..')],
    ['a letter that is percent-encoded', link.replace('AB', '%41B')],
    ['a hyphen that is percent-encoded', link.replace('-', '%2D')],
    ['a query', `${link}?17=271231`],
    ['a fragment', `${link}#AB-12`],
    [
      'names for the application identifiers',
      link.replace('/01/', '/gtin/').replace('/21/', '/ser/'),
    ],
    ['a GTIN of 13 digits', link.replace('/01/0', '/01/')],
    ['a Cyrillic А', link.replace('A', '\u0410')],
    ['a full-width digit', link.replace('1', '\uff11')],
    ['a hyphen of its own code', link.replace('-', '\u2010')],
    ['a character without width', link.replace('AB', 'A\u200bB')],
    ['a line break', `${link}\n`],
    ['the element string of a label', '(01)09506000134352(21)AB-12'],
    ['a DIN in small letters', din(1).toLowerCase()],
    ['a DIN without its check character', din(1).slice(0, -1)],
    ['a DIN as its bar code carries it', `=${din(1).slice(0, -1)}00`],
    ['a DIN with spaces, as it is printed', 'H1234 26 000001 0'],
    [
      'a DIN with another check character',
      din(1).replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    ],
    ['a finding in capitals', 'UNREADABLE'],
    ['nothing', ''],
  ])('is named in one form only: %s is no identifier', (_name, spelt) => {
    expect(releaseItem.body.safeParse({ ...RELEASE, item: link, labelRead: link }).success).toBe(
      true,
    );
    for (const field of ['item', 'labelRead'] as const) {
      for (const [body, right] of [
        [releaseItem.body, RELEASE],
        [receiveItem.body, RECEIPT],
      ] as const) {
        const read = () => parseClosed<z.ZodType>(body, { ...right, [field]: spelt }, 'body');
        const expected: unknown = expect.any(String);
        const error: unknown = expect.objectContaining({
          code: 'SCHEMA_VIOLATION',
          details: { field: `body.${field}`, expected, found: spelt || 'an empty text' },
        });
        expect(read).toThrow(error);
      }
    }
  });
});
