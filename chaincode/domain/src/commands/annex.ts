import { z } from 'zod';
import { parseCanonical, sha256Base64url } from '../encoding/codec.js';
import { VeinledgerError } from '../errors/errors.js';
import { code, digest, gln, hexDigest, instant, localId } from '../values/identifiers.js';
import { parseClosed } from '../errors/schema.js';

/** What a command's `annex` may call its contents: `results`, `dataset.normal-fastq`. */
export const annexName = z
  .string()
  .regex(/^[a-z]+(?:\.[a-z0-9-]+)?$/, "an annex's name, such as results or dataset.normal-fastq")
  .max(48);

/** An annex that a type of command carries: under one name, or under every name with a prefix. Its digest is salted (H3). */
export interface AnnexRule {
  /** `results`, or `dataset.*` */
  readonly name: string;
  readonly required: boolean;
  readonly content: z.ZodType;
  /** stays with the member's own gateway: no decision needs it, and other members' peers get the commitment alone */
  readonly kept?: true;
}

/** Measured results of a step or a design, in the units of the process definition's checks. */
export const resultsContent = z.strictObject({
  results: z
    .array(z.strictObject({ check: code, value: z.union([z.number(), z.boolean()]) }))
    .max(64),
});
export type ResultsContent = z.infer<typeof resultsContent>;

/** What a file is, without the file: its SHA-256 in hexadecimal, its size in bytes and its format. */
export const fileContent = z.strictObject({
  sha256: hexDigest,
  bytes: z.int().min(0),
  format: z.enum(['fastq', 'bam', 'vcf', 'fasta', 'tsv', 'json', 'pdf']),
});
export type FileContent = z.infer<typeof fileContent>;

/** The certificate that a laboratory without keys signed on paper or in a file, for whoever commissioned it to report. */
export const certificateContent = z.strictObject({
  /** GS1 Global Location Number */
  laboratory: gln,
  /** the laboratory's number for it */
  certificate: localId,
  issued: instant,
  file: fileContent,
});

/** What the controls of a shared run came to, in the units of their own, and why they failed. */
export const controlsContent = z.strictObject({
  results: z
    .array(z.strictObject({ control: code, value: z.union([z.number(), z.boolean()]) }))
    .min(1)
    .max(64),
  explanation: z.string().min(1).max(8192),
  evidence: z.array(fileContent).max(16),
});

/** What was given at the bedside, in millilitres. */
export const administrationContent = z.strictObject({
  volumeGivenMl: z.number().min(0).max(1000),
  volumeWastedMl: z.number().min(0).max(1000),
});
export type AdministrationContent = z.infer<typeof administrationContent>;

/** A follow-up: of what kind, and coded observations, each with a value in the code's own unit. */
export const outcomeContent = z.strictObject({
  kind: code,
  observations: z
    .array(z.strictObject({ code, value: z.union([z.number(), z.boolean(), code]) }))
    .max(64),
});

/** The name that a signature is printed with, as the person writes it (21 CFR 11.50(a)(1)). */
export const printedNameRule: AnnexRule = {
  name: 'name',
  required: false,
  content: z.strictObject({ printedName: z.string().trim().min(1).max(200) }),
  kept: true,
};

/** Why quality decided as it did. */
export const investigationContent = z.strictObject({
  explanation: z.string().min(1).max(8192),
  evidence: z.array(fileContent).max(16),
});

/** Why somebody has to decide otherwise than the rules have it. */
export const explanationContent = z.strictObject({ explanation: z.string().min(1).max(8192) });

/** Whether verdicts are taken on an annex that a command commits to: on results, or on what was given. */
export function isJudged(committed: Readonly<Record<string, string>>): boolean {
  return 'results' in committed || 'administration' in committed;
}

/** The opened annexes of a command, by name. */
export type Annexes = ReadonlyMap<string, unknown>;

/**
 * Opens the annexes that a command commits to: each that is not kept must be delivered; what is delivered must be
 * canonical `{v, salt, content}`, have the signed digest and fit its schema, and nothing else may be.
 * @param committed the command's `annex`: digests by name
 * @param delivered the annexes' texts by name
 * @throws VeinledgerError ANNEX_MISSING, ANNEX_UNEXPECTED, ANNEX_DIGEST_MISMATCH, ANNEX_SCHEMA_VIOLATION
 */
export function openAnnexes(
  rules: readonly AnnexRule[],
  committed: Readonly<Record<string, string>>,
  delivered: ReadonlyMap<string, string>,
): Annexes {
  requireCommitments(rules, committed);
  for (const name of delivered.keys()) {
    if (!Object.hasOwn(committed, name)) {
      throw new VeinledgerError('ANNEX_UNEXPECTED', 'the command commits to no such annex', {
        field: `annex.${name}`,
        expected: 'no annex',
        found: name,
      });
    }
  }
  const opened = new Map<string, unknown>();
  for (const [name, committedDigest] of Object.entries(committed)) {
    const rule = ruleFor(rules, name);
    const text = delivered.get(name);
    if (text === undefined && rule.kept) continue;
    opened.set(name, openAnnex(rule, name, committedDigest, text));
  }
  return opened;
}

/**
 * Checks which annexes a command commits to, without their contents.
 * @throws VeinledgerError ANNEX_MISSING, ANNEX_UNEXPECTED
 */
export function requireCommitments(
  rules: readonly AnnexRule[],
  committed: Readonly<Record<string, string>>,
): void {
  for (const name of Object.keys(committed)) ruleFor(rules, name);
  for (const rule of rules) {
    if (rule.required && committed[rule.name] === undefined)
      throw missing(rule.name, 'no commitment');
  }
}

/** The annexes of a command that its endorsers get, by name: all but those that the gateway keeps. */
export function withoutKept(
  rules: readonly AnnexRule[],
  annexes: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  return new Map([...annexes].filter(([name]) => !ruleFor(rules, name).kept));
}

function ruleFor(rules: readonly AnnexRule[], name: string): AnnexRule {
  const family = name.replace(/\..*$/, '.*');
  const rule = rules.find((each) => each.name === name || each.name === family);
  if (rule) return rule;
  throw new VeinledgerError('ANNEX_UNEXPECTED', 'this type of command carries no such annex', {
    field: `annex.${name}`,
    expected: rules.map((each) => each.name).join(', ') || 'no annex',
    found: name,
  });
}

function openAnnex(
  rule: AnnexRule,
  name: string,
  committed: string,
  text: string | undefined,
): unknown {
  const field = `annex.${name}`;
  if (text === undefined) throw missing(name, 'a commitment without its content');
  const found = sha256Base64url(text);
  if (found !== committed) {
    throw new VeinledgerError('ANNEX_DIGEST_MISMATCH', 'the annex is not what was signed', {
      field,
      expected: committed,
      found,
    });
  }
  const salted = z.strictObject({
    v: z.literal(1),
    salt: digest,
    content: rule.content,
  });
  return parseClosed(salted, parseCanonical(text, field), field, 'ANNEX_SCHEMA_VIOLATION').content;
}

function missing(name: string, found: string): VeinledgerError {
  return new VeinledgerError('ANNEX_MISSING', 'an annex was not delivered', {
    field: `annex.${name}`,
    expected: 'its content in the transient data',
    found,
  });
}
