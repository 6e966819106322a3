import { describe, expect, test } from '@jest/globals';
import {
  type AnnexRule,
  fileContent,
  openAnnexes,
  printedNameRule,
  resultsContent,
  withoutKept,
} from './annex.js';
import { canonicalise, sha256Base64url } from '../encoding/codec.js';

const RULES: readonly AnnexRule[] = [
  { name: 'results', required: true, content: resultsContent },
  { name: 'dataset.*', required: false, content: fileContent },
];
const SALT = 'A'.repeat(43);
const RESULTS = { results: [{ check: 'rin', value: 7.8 }] };
const FILE = { sha256: '0'.repeat(64), bytes: 7, format: 'fastq' };

const seal = (content: unknown, salt = SALT) => canonicalise({ v: 1, salt, content });
const digestsOf = (texts: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, sha256Base64url(text)]));

function open(
  delivered: Readonly<Record<string, string>>,
  committed: Readonly<Record<string, string>> = digestsOf(delivered),
) {
  return openAnnexes(RULES, committed, new Map(Object.entries(delivered)));
}

describe('the annexes of a command', () => {
  test('open when each is what was signed and fits its schema', () => {
    const opened = open({ results: seal(RESULTS), 'dataset.normal-fastq': seal(FILE) });
    expect(opened.get('results')).toEqual(RESULTS);
    expect(opened.get('dataset.normal-fastq')).toEqual(FILE);
  });

  test('lack one that this type of command needs', () => {
    expect(() => open({})).toThrow(/^ANNEX_MISSING: .*annex\.results/);
  });

  test('lack none that stays with the gateway, which fits its schema where it is delivered', () => {
    const name = seal({ printedName: 'Ä. Person' });
    const kept = (delivered: Readonly<Record<string, string>>, committed = name) =>
      openAnnexes(
        [printedNameRule],
        digestsOf({ name: committed }),
        new Map(Object.entries(delivered)),
      );
    expect([...kept({}).keys()]).toEqual([]);
    expect(kept({ name }).get('name')).toEqual({ printedName: 'Ä. Person' });
    expect(() => kept({ name: seal({ printedName: '' }) }, seal({ printedName: '' }))).toThrow(
      'ANNEX_SCHEMA_VIOLATION',
    );
    expect([...withoutKept([...RULES, printedNameRule], new Map([['name', name]])).keys()]).toEqual(
      [],
    );
  });

  test('lack one that was committed to and not delivered', () => {
    const committed = digestsOf({ results: seal(RESULTS), 'dataset.a': seal(FILE) });
    expect(() => open({ results: seal(RESULTS) }, committed)).toThrow(
      /^ANNEX_MISSING: .*annex\.dataset\.a/,
    );
  });

  test('hold one that was delivered and not committed to', () => {
    const delivered = { results: seal(RESULTS), 'dataset.a': seal(FILE) };
    expect(() => open(delivered, digestsOf({ results: seal(RESULTS) }))).toThrow(
      'ANNEX_UNEXPECTED: the command commits to no such annex',
    );
  });

  test.each(['constructor', 'toString', '__proto__'])(
    'hold one that was not committed to, under a name that JavaScript knows: %s',
    (name) => {
      const delivered = new Map([
        ['results', seal(RESULTS)],
        [name, seal(FILE)],
      ]);
      const committed = digestsOf({ results: seal(RESULTS) });
      expect(() => openAnnexes(RULES, committed, delivered)).toThrow(
        'ANNEX_UNEXPECTED: the command commits to no such annex',
      );
    },
  );

  test.each(['diagnosis', 'dataset', 'results.two'])(
    'hold one that this type of command does not carry: %s',
    (name) => {
      expect(() => open({ results: seal(RESULTS), [name]: seal(FILE) })).toThrow(
        'ANNEX_UNEXPECTED: this type of command carries no such annex',
      );
    },
  );

  test('hold one that is not what was signed', () => {
    const other = seal({ results: [{ check: 'rin', value: 9 }] });
    expect(() => open({ results: other }, digestsOf({ results: seal(RESULTS) }))).toThrow(
      'ANNEX_DIGEST_MISMATCH',
    );
  });

  test.each([
    ['says more than its schema', seal({ ...RESULTS, remark: 'text' })],
    ['has a salt of another length', seal(RESULTS, 'A'.repeat(22))],
    ['has no salt', canonicalise({ v: 1, content: RESULTS })],
    ['is of another version', canonicalise({ v: 2, salt: SALT, content: RESULTS })],
    [
      'has more results than a step has checks',
      seal({ results: Array(65).fill(RESULTS.results[0]) }),
    ],
  ])('hold one that %s', (_name, text) => {
    expect(() => open({ results: text })).toThrow('ANNEX_SCHEMA_VIOLATION');
  });

  test('hold one that is not canonical JSON', () => {
    const text = JSON.stringify(JSON.parse(seal(RESULTS)), undefined, 1);
    expect(() => open({ results: text })).toThrow('NOT_CANONICAL');
  });
});
