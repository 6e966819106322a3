import { actorId, coi, instant, organisationId, role } from '@veinledger/domain';
import { z } from 'zod';
import { exactOptional } from '../../openapi/schemas/vocabulary.js';
import { typeName } from '../event-filter.js';
import { targetUrl } from './target.js';

/** Where and what a hook's receiver is told. */
export const hookRequest = z.strictObject({
  url: targetUrl,
  types: exactOptional(z.array(typeName).min(1).max(64)),
  therapy: exactOptional(coi),
  /** each command as it is committed; or who of the registrant's organisation is called, of what `types` may do. Commands when left out */
  about: exactOptional(z.enum(['commands', 'calls'])),
});

export type HookRequest = z.infer<typeof hookRequest>;

/** Why a hook gets nothing any more. */
const disabledReason = z.enum(['gone', 'too-many-dead-letters']);

/** A hook as the gateway keeps it; secrets are sealed. */
export const storedHook = z.strictObject({
  id: z.uuid(),
  ...hookRequest.shape,
  url: z.string(),
  registrant: actorId,
  organisation: organisationId,
  /** the registrant's when it was registered or enabled last; it is suspended where none are remembered */
  roles: exactOptional(z.array(role)),
  /** by which the token was signed under which it was registered or enabled last; suspended where it is not remembered */
  algorithm: exactOptional(z.string().max(32)),
  createdAt: instant,
  disabled: exactOptional(disabledReason),
  secret: z.string(),
  /** signs as well until then */
  previous: exactOptional(z.strictObject({ secret: z.string(), until: instant })),
});

export type StoredHook = z.infer<typeof storedHook>;

const position = z.strictObject({ block: z.int().min(0), index: z.int().min(-1) });

/** Up to which event a hook has been served, and how often the next one was tried. */
export const checkpoint = z.strictObject({
  position,
  tries: z.int().min(0),
  /** before then it is not tried again */
  notBefore: exactOptional(instant),
});

export type Checkpoint = z.infer<typeof checkpoint>;

/** What became of one delivery: the answer's status, or why there was none. */
export const attempt = z.strictObject({
  delivered: z.boolean(),
  status: exactOptional(z.int()),
  failure: exactOptional(
    z.enum(['TIMEOUT', 'UNREACHABLE', 'WEBHOOK_TARGET_PRIVATE', 'WEBHOOK_TARGET_UNRESOLVED']),
  ),
});

export type Attempt = z.infer<typeof attempt>;

/** An event that a receiver never took. */
export const deadLetter = z.strictObject({
  /** the event's id */
  id: z.string(),
  tries: z.int().min(0),
  diedAt: instant,
  last: attempt,
});

export type DeadLetter = z.infer<typeof deadLetter>;

/** A hook as its owners see it. */
export const shownHook = z.strictObject({
  id: z.uuid(),
  ...hookRequest.shape,
  registrant: actorId,
  organisation: organisationId,
  createdAt: instant,
  /**
   * `suspended`: its registrant is no active actor any more, has none of the roles under which it was made, or members
   * no longer sign by the algorithm of the token under which it was made; `ahead`: its place lies beyond the ledger's end, which was restored from an older backup or is behind, and it is told nothing
   */
  state: z.enum(['active', 'disabled', 'suspended', 'ahead']),
  disabled: exactOptional(disabledReason),
  /** the last event that it was served, or passed over */
  after: z.string(),
  /** tries of the event that waits */
  tries: z.int().min(0),
  nextTry: exactOptional(instant),
});

export type ShownHook = z.infer<typeof shownHook>;

/** The secret is shown when it is made, and never again. */
export const hookWithSecret = z.strictObject({ hook: shownHook, secret: z.string() });
