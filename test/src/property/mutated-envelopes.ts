import { base64urlToBytes, bytesToBase64url, canonicalise, utf8 } from '@veinledger/domain';
import fc from 'fast-check';

interface Part {
  readonly protected: string;
  readonly signature: string;
}

interface Envelope {
  readonly payload: string;
  readonly signatures: readonly Part[];
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const STRANGE = Array.from('"{}[],:=+/ \\\n\t\0é\uFEFF\uD800');
const SEPARATORS = [' ', ',', '.', '\n', '\0', '","', ''];
/** The order of the group that Ed25519 signs in (RFC 8032 section 5.1). */
const GROUP_ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

/**
 * What somebody can make of a signed command who holds no key: texts re-spelled, headers and signatures merged,
 * stripped, moved and taken from another command of the same actor. By name, each other than the command itself.
 */
export function alteredEnvelopes(jws: string, another: string): ReadonlyMap<string, string> {
  const own = JSON.parse(jws) as Envelope;
  const other = JSON.parse(another) as Envelope;
  const { payload, signatures } = own;
  const [first, second] = signatures;
  const [otherFirst, otherSecond] = other.signatures;
  if (!first || !second || !otherFirst || !otherSecond) throw new Error('expected two signatures');
  const joined = (separator: string) => first.protected + separator + second.protected;
  const withSignatures = (...parts: readonly object[]) =>
    canonicalise({ payload, signatures: parts });
  const withHeader = (changes: object) =>
    withSignatures({ ...first, protected: changedHeader(first.protected, changes) }, second);
  return new Map([
    ...SEPARATORS.map((each): [string, string] => [
      `both headers in one, joined by ${JSON.stringify(each)}`,
      withSignatures({ ...first, protected: joined(each) }),
    ]),
    [
      'both headers in the first of two',
      withSignatures({ ...first, protected: joined(' ') }, second),
    ],
    ['no signature', withSignatures()],
    ['the first signature alone', withSignatures(first)],
    ['the second signature alone', withSignatures(second)],
    ['the first signature twice', withSignatures(first, first)],
    ['a third signature', withSignatures(first, second, second)],
    ['signatures in the other order', withSignatures(second, first)],
    [
      'signatures swapped',
      withSignatures(
        { ...first, signature: second.signature },
        { ...second, signature: first.signature },
      ),
    ],
    ['an empty second signature', withSignatures(first, { ...second, signature: '' })],
    ["another command's first signature", withSignatures(otherFirst, second)],
    ["another command's second signature", withSignatures(first, otherSecond)],
    ["another command's payload", canonicalise({ payload: other.payload, signatures })],
    ['a header that lists one algorithm', withHeader({ algs: ['EdDSA'] })],
    [
      'one signature whose header lists one algorithm',
      withSignatures({ ...first, protected: changedHeader(first.protected, { algs: ['EdDSA'] }) }),
    ],
    ['a header with a member more', withHeader({ crit: ['exp'] })],
    ['a header of another type', withHeader({ typ: 'JWT' })],
    ['a header without a key', withHeader({ kid: undefined })],
    [
      'a header with white space',
      withSignatures(
        { ...first, protected: respelt(first.protected, (text) => `${text} `) },
        second,
      ),
    ],
    [
      'a header with a member twice',
      withSignatures(
        {
          ...first,
          protected: respelt(first.protected, (text) => `${text.slice(0, -1)},"typ":"JWT"}`),
        },
        second,
      ),
    ],
    [
      'a header with __proto__',
      withSignatures(
        {
          ...first,
          protected: respelt(first.protected, (text) => `{"__proto__":{},${text.slice(1)}`),
        },
        second,
      ),
    ],
    [
      'a payload with white space',
      canonicalise({ payload: respelt(payload, (text) => ` ${text}`), signatures }),
    ],
    ['a padded signature', withSignatures({ ...first, signature: `${first.signature}==` }, second)],
    [
      'a signature with its spare bits set',
      withSignatures({ ...first, signature: spareBits(first.signature) }, second),
    ],
    [
      'a signature in the plain alphabet',
      withSignatures(first, {
        ...second,
        signature: second.signature.replaceAll('-', '+').replaceAll('_', '/'),
      }),
    ],
    [
      'a signature with the group order added',
      withSignatures({ ...first, signature: plusOrder(first.signature) }, second),
    ],
    ['an unprotected header', withSignatures({ ...first, header: {} }, second)],
    ['a member more', canonicalise({ ...own, header: {} })],
    ['__proto__', jws.replace('{', '{"__proto__":{},')],
    ['__proto__ spelled with an escape', jws.replace('{', String.raw`{"\u005f_proto__":{},`)],
    ['the payload twice', jws.replace('{', `{"payload":"${other.payload}",`)],
    ['members in another order', JSON.stringify({ signatures, payload })],
    ['an escape', jws.replace('"payload"', String.raw`"\u0070ayload"`)],
    ['white space', `${jws}\n`],
    ['a byte order mark', `\uFEFF${jws}`],
  ]);
}

/** Random changes of a signed command's text, of its list of signatures, and of what its texts encode. */
export function mutatedEnvelope(jws: string, another: string): fc.Arbitrary<string> {
  const own = JSON.parse(jws) as Envelope;
  const other = JSON.parse(another) as Envelope;
  const texts = [
    own.payload,
    ...own.signatures.flatMap((each) => [each.protected, each.signature]),
  ];
  const parts = [...own.signatures, ...other.signatures];
  const altered = [...alteredEnvelopes(jws, another).values()];
  return fc.oneof(
    { weight: 5, arbitrary: respelled(jws) },
    { weight: 2, arbitrary: fc.constantFrom(...altered).chain(respelled) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.constantFrom(...texts), fc.nat(7), fc.nat())
        .map(([text, bit, at]) => jws.replace(text, flipped(text, at, bit))),
    },
    {
      weight: 5,
      arbitrary: fc
        .array(mixedPart(parts), { maxLength: 4 })
        .map((signatures) => canonicalise({ payload: own.payload, signatures })),
    },
    {
      weight: 5,
      arbitrary: fc
        .tuple(fc.constantFrom(...texts), respellings(texts))
        .map(([text, put]) => canonicalise(JSON.parse(jws.replace(text, put)))),
    },
  );
}

/** A text with a character replaced, put in or taken out, or with a piece of it doubled, moved or cut off. */
function respelled(text: string): fc.Arbitrary<string> {
  const at = fc.nat(text.length - 1);
  const character = fc.constantFrom(...Array.from(ALPHABET), ...STRANGE);
  return fc
    .tuple(fc.constantFrom('replace', 'insert', 'remove', 'double', 'cut'), at, at, character)
    .map(([how, one, two, put]) => {
      const [from, to] = one < two ? [one, two] : [two, one];
      switch (how) {
        case 'replace':
          return text.slice(0, one) + put + text.slice(one + 1);
        case 'insert':
          return text.slice(0, one) + put + text.slice(one);
        case 'remove':
          return text.slice(0, one) + text.slice(one + 1);
        case 'double':
          return text.slice(0, to) + text.slice(from);
        case 'cut':
          return text.slice(0, from) + text.slice(to);
      }
    });
}

/** A header and a signature that were seen somewhere, or two headers in one. */
function mixedPart(parts: readonly Part[]): fc.Arbitrary<Part> {
  const header = fc.constantFrom(...parts.map((each) => each.protected));
  const signature = fc.constantFrom(...parts.map((each) => each.signature), '');
  const headers = fc.oneof(
    { weight: 3, arbitrary: header },
    fc
      .tuple(header, fc.constantFrom(...SEPARATORS), header)
      .map(([one, separator, two]) => one + separator + two),
  );
  return fc.record({ protected: headers, signature });
}

function respellings(texts: readonly string[]): fc.Arbitrary<string> {
  const text = fc.constantFrom(...texts);
  return fc.oneof(
    text,
    text.map((each) => `${each}=`),
    text.map(spareBits),
    text.map((each) => respelt(each, (inner) => `${inner} `)),
    fc.tuple(text, text).map(([one, two]) => one + two),
    fc.base64String().map((each) => each.replace(/=*$/u, '')),
  );
}

function flipped(text: string, at: number, bit: number): string {
  const bytes = base64urlToBytes(text, 'text');
  const place = at % bytes.length;
  bytes[place] = (bytes[place] ?? 0) ^ (1 << bit);
  return bytesToBase64url(bytes);
}

function respelt(text: string, change: (decoded: string) => string): string {
  const decoded = new TextDecoder('latin1').decode(base64urlToBytes(text, 'text'));
  return bytesToBase64url(utf8(change(decoded)));
}

function changedHeader(text: string, changes: object): string {
  return respelt(text, (header) =>
    canonicalise(JSON.parse(JSON.stringify({ ...(JSON.parse(header) as object), ...changes }))),
  );
}

/** The same bytes to a careless decoder: a bit set that stands for nothing. */
function spareBits(text: string): string {
  const last = ALPHABET.indexOf(text.at(-1) ?? '');
  return text.slice(0, -1) + (ALPHABET[last ^ 1] ?? '');
}

/** The same signature to a careless verifier: S plus the order of the group. */
function plusOrder(text: string): string {
  const bytes = base64urlToBytes(text, 'signature');
  const hex = Buffer.from(bytes.slice(32)).reverse().toString('hex');
  const sum = (BigInt(`0x${hex}`) + GROUP_ORDER).toString(16).padStart(64, '0');
  return bytesToBase64url(Buffer.concat([bytes.slice(0, 32), Buffer.from(sum, 'hex').reverse()]));
}
