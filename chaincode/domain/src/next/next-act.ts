import { z } from 'zod';
import { coi, commandTypeName, instant, organisationId } from '../values/identifiers.js';
import { role, ROLES } from '../values/roles.js';
import type { ReadOnly } from '../nouns/noun.js';
import type { Noun } from '../nouns/registry.js';

/** Whom a wait has come to: it goes on when they do not answer. */
export const CALLED = ['on-duty', 'deputies', 'management'] as const;
export type Called = (typeof CALLED)[number];

/** What can wait for somebody, by what the ledger calls it. */
export const WAITING = [
  'therapy',
  'party-change',
  'missed-slot',
  'denial',
  'consent',
  'proxy',
  'capacity',
  'item',
  'hand-off',
  'step',
  'run',
  'design',
  'batch',
  'dose-line',
  'dose',
  'override',
  'decision',
  'exception',
  'reportable-event',
  'emergency-access',
  'token-replacement',
  'outcome',
  'deviation',
  'hold',
  'alarm',
  'alert',
  'investigation',
  'annulment',
  'record',
] as const satisfies readonly Noun[];
export type Waiting = (typeof WAITING)[number];

const calledSchema = z.strictObject({
  /** the type of command that leads on */
  act: commandTypeName,
  /** MSP id of whose word counts */
  organisation: organisationId,
  /** any of these */
  roles: z.array(role).max(ROLES.length),
  /** who is called now, in this order */
  people: z.array(z.string()),
  /**
   * as whom: those on duty, their deputies, the management; `patient`, and `named` for somebody in person, are on no rota;
   * `registrars` where the organisation keeps no rota that names its management
   */
  as: z.enum([...CALLED, 'patient', 'named', 'registrars']),
  /** no rota of the organisation names anybody for this role now */
  rotaEmpty: z.boolean(),
});

/** Who is called to act. */
export interface CalledToAct extends ReadOnly<z.infer<typeof calledSchema>> {}

export const nextActSchema = z.strictObject({
  state: z.enum(['stopped', 'due', 'ended']),
  noun: z.enum(WAITING),
  subject: z.string(),
  code: z.string(),
  since: instant,
  /** any of these leads on */
  asked: z.array(calledSchema),
  /** until when it should be done, where it has such a time, and by how many whole minutes that is over */
  due: instant.exactOptional(),
  overdueMinutes: z.int().min(0).exactOptional(),
  /** of what is stopped: when it goes to the deputies, and when to the management */
  deputiesFrom: instant.exactOptional(),
  managementFrom: instant.exactOptional(),
  /** what of the command that leads on is known already, by its members, besides the subject */
  named: z.record(z.string(), z.array(z.string())).exactOptional(),
  /** who does not count here, since two people are asked for: by actor, or by natural person */
  except: z.array(z.string()).exactOptional(),
});

/** Something that waits, with who must do what now. */
export interface NextAct extends ReadOnly<z.infer<typeof nextActSchema>> {}

export const nextSchema = z.strictObject({
  coi,
  /** as of then */
  at: instant,
  acts: z.array(nextActSchema),
  /** when time alone will change that, at the earliest */
  changesAt: instant.exactOptional(),
});

/** Who must do what next in a therapy, as of a time. */
export interface Next extends ReadOnly<z.infer<typeof nextSchema>> {}
