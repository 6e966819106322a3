import { z } from 'zod';
import { VeinledgerError } from '../errors/errors.js';
import { expectationOf, violationOf } from '../errors/expectation.js';
import { JWS_ALGORITHMS, type JwsAlgorithm, type JwsType } from './jws-text.js';

const algorithmSchema = z.looseObject({ alg: z.string() });

const namingSchema = z.looseObject({ algs: z.array(z.string()) });

const headerSchema = z.strictObject({
  alg: z.string(),
  algs: z.array(z.string()),
  kid: z.string().length(43),
  typ: z.string(),
});

/**
 * Judges the protected headers of a JWS, in the order of its signatures: which algorithms, of which type.
 * @param required by what it is signed, and by nothing else
 * @returns the thumbprints of the keys, in the same order
 * @throws VeinledgerError SIGNATURE_MISSING, ALGORITHM_REFUSED, WRONG_TYPE, MALFORMED_JWS
 */
export function requireHeaders(
  headers: readonly unknown[],
  typ: JwsType,
  required: readonly JwsAlgorithm[],
): readonly string[] {
  const named = headers.map((header, index) => shaped(algorithmSchema, header, index).alg);
  requireAlgorithms(named, required);
  return headers.map((header, index) => {
    const { algs, kid, typ: found } = shaped(headerSchema, header, index);
    if (found !== typ) throw wrongType(typ, found);
    if (!isSameList(algs, required)) throw refused('algs', algs, required);
    return kid;
  });
}

/** The algorithms by which a JWS says that it is signed; all there are, where it says nothing that can be. */
export function namedAlgorithms([first]: readonly unknown[]): readonly JwsAlgorithm[] {
  const { data } = namingSchema.safeParse(first);
  const known = JWS_ALGORITHMS.filter((algorithm) => data?.algs.includes(algorithm));
  return data && known.length > 0 && isSameList(data.algs, known) ? known : JWS_ALGORITHMS;
}

function requireAlgorithms(found: readonly string[], required: readonly JwsAlgorithm[]): void {
  const absent = required.filter((algorithm) => !found.includes(algorithm));
  const foreign = found.some((each) => !required.some((algorithm) => algorithm === each));
  if (found.length < required.length && !foreign) throw missing(absent, required);
  if (found.length > required.length || absent.length > 0) throw refused('alg', found, required);
  if (isSameList(found, required)) return;
  throw new VeinledgerError('MALFORMED_JWS', 'the signatures stand in another order', {
    field: 'jws.signatures',
    expected: required.join(', '),
    found: found.join(', '),
  });
}

function isSameList(found: readonly string[], required: readonly JwsAlgorithm[]): boolean {
  return found.length === required.length && required.every((each, index) => found[index] === each);
}

function shaped<T>(schema: z.ZodType<T>, header: unknown, index: number): T {
  const result = schema.safeParse(header, { error: expectationOf });
  if (result.success) return result.data;
  const { place, expected, found } = violationOf(result.error, header);
  throw new VeinledgerError('MALFORMED_JWS', 'a protected header has another shape', {
    field: ['jws', 'signatures', index, 'protected', ...place].join('.'),
    expected,
    found,
  });
}

function missing(
  absent: readonly JwsAlgorithm[],
  required: readonly JwsAlgorithm[],
): VeinledgerError {
  return new VeinledgerError('SIGNATURE_MISSING', `no signature by ${absent.join(' and ')}`, {
    field: 'jws.signatures',
    expected: required.join(', '),
    found: required.filter((algorithm) => !absent.includes(algorithm)).join(', ') || 'none',
  });
}

function refused(
  member: 'alg' | 'algs',
  found: readonly string[],
  required: readonly JwsAlgorithm[],
): VeinledgerError {
  return new VeinledgerError('ALGORITHM_REFUSED', 'the signatures are by other algorithms', {
    field: member,
    expected: required.join(', '),
    found: found.join(', ').slice(0, 80),
  });
}

function wrongType(expected: JwsType, found: string): VeinledgerError {
  return new VeinledgerError('WRONG_TYPE', 'the JWS was signed as something else', {
    field: 'typ',
    expected,
    found: found.slice(0, 80),
  });
}
