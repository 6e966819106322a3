import { actorId, code, coi, localId, purpose, PURPOSES } from '@veinledger/domain';
import { z } from 'zod';
import type { ArgumentSpec, OptionSpec } from '../command.js';

/** One purpose: what is said is said of that one alone. */
export const PURPOSE: ArgumentSpec = {
  name: 'purpose',
  summary: 'what it is said of',
  values: PURPOSES,
};

export const CONSENT: OptionSpec = {
  name: 'consent',
  value: 'ID',
  summary: 'the one that is meant, where it could be several',
};

export const PATIENT: OptionSpec = {
  name: 'patient',
  value: 'PATIENT',
  summary: "the patient's pseudonym",
};

/** In which therapy staff met the patient, where they are not of the patient's hospital. */
export const THERAPY: OptionSpec = {
  name: 'coi',
  value: 'COI',
  summary:
    "the therapy in which staff of a party met the patient (default: staff of the patient's hospital)",
};

export const PROXY: OptionSpec = {
  name: 'proxy',
  value: 'ID',
  summary: "who spoke in the patient's place",
};

/** The clauses of a form that are agreed to, and those that are not. */
export const CLAUSES: readonly OptionSpec[] = [
  {
    name: 'clause',
    value: 'CODE',
    summary: 'a clause that is agreed to; may be repeated (default: purpose)',
    many: true,
  },
  {
    name: 'decline',
    value: 'CODE',
    summary: 'a clause that is not agreed to; may be repeated',
    many: true,
  },
];

export const meant = { purpose, consent: localId.optional() } as const;
export const ofPatient = { ...meant, patient: actorId, coi: coi.optional() } as const;
export const clausesGiven = {
  clause: z.array(code).default(['purpose']),
  decline: z.array(code).default([]),
} as const;

/** The answers to a form's clauses. */
export function answersOf({
  clause,
  decline,
}: {
  readonly clause: readonly string[];
  readonly decline: readonly string[];
}) {
  return [
    ...clause.map((each) => ({ clause: each, agreed: true })),
    ...decline.map((each) => ({ clause: each, agreed: false })),
  ];
}

/** A body without what was not said. */
export function said(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}
