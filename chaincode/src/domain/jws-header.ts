import { z } from 'zod';
import { VeinledgerError } from './errors.js';
import { JWS_ALGORITHMS, type JwsAlgorithm, type JwsType } from './jws-text.js';

const algorithmSchema = z.looseObject({ alg: z.string() });

const headerSchema = z.strictObject({
  alg: z.string(),
  algs: z.array(z.string()),
  kid: z.string().length(43),
  typ: z.string(),
});

/**
 * Judges the protected headers of a JWS, in the order of its signatures: which algorithms, of which type.
 * @returns the thumbprints of the keys, in the same order
 * @throws VeinledgerError SIGNATURE_MISSING, ALGORITHM_REFUSED, WRONG_TYPE, MALFORMED_JWS
 */
export function requireHeaders(headers: readonly unknown[], typ: JwsType): [string, string] {
  requireAlgorithms(headers.map((header, index) => shaped(algorithmSchema, header, index).alg));
  const [ed25519, mlDsa65] = headers.map((header, index) => {
    const { algs, kid, typ: found } = shaped(headerSchema, header, index);
    if (found !== typ) throw wrongType(typ, found);
    if (!isRequiredList(algs)) throw refused('algs', algs);
    return kid;
  });
  if (ed25519 === undefined || mlDsa65 === undefined) throw missing(JWS_ALGORITHMS);
  return [ed25519, mlDsa65];
}

function requireAlgorithms(found: readonly string[]): void {
  const absent = JWS_ALGORITHMS.filter((algorithm) => !found.includes(algorithm));
  if (found.length < JWS_ALGORITHMS.length && found.every(isRequired)) throw missing(absent);
  if (found.length > JWS_ALGORITHMS.length || absent.length > 0) throw refused('alg', found);
  if (isRequiredList(found)) return;
  throw new VeinledgerError('MALFORMED_JWS', 'the signatures stand in another order', {
    field: 'jws.signatures',
    expected: JWS_ALGORITHMS.join(', '),
    found: found.join(', '),
  });
}

function isRequired(algorithm: string): boolean {
  return JWS_ALGORITHMS.some((required) => required === algorithm);
}

function isRequiredList(algorithms: readonly string[]): boolean {
  return (
    algorithms.length === JWS_ALGORITHMS.length &&
    JWS_ALGORITHMS.every((required, index) => algorithms[index] === required)
  );
}

function shaped<T>(schema: z.ZodType<T>, header: unknown, index: number): T {
  const result = schema.safeParse(header);
  if (result.success) return result.data;
  throw new VeinledgerError('MALFORMED_JWS', 'a protected header has another shape', {
    field: `jws.signatures[${index}].protected`,
    expected: 'exactly the members alg, algs, kid (a SHA-256 thumbprint) and typ',
    found: result.error.issues[0]?.message ?? 'another shape',
  });
}

function missing(absent: readonly JwsAlgorithm[]): VeinledgerError {
  return new VeinledgerError('SIGNATURE_MISSING', `no signature by ${absent.join(' and ')}`, {
    field: 'jws.signatures',
    expected: JWS_ALGORITHMS.join(', '),
    found: JWS_ALGORITHMS.filter((algorithm) => !absent.includes(algorithm)).join(', ') || 'none',
  });
}

function refused(member: 'alg' | 'algs', found: readonly string[]): VeinledgerError {
  return new VeinledgerError('ALGORITHM_REFUSED', 'the signatures are by other algorithms', {
    field: member,
    expected: JWS_ALGORITHMS.join(', '),
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
