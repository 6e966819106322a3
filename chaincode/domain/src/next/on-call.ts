import { ESCALATION } from '../alerts/timing.js';
import { isPatient, type Actor } from '../nouns/actor.js';
import { onDutyAt, type Rota } from '../nouns/rota.js';
import type { Organisation } from '../nouns/organisation.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import { addMinutes, milliseconds, minutesAfter } from '../values/time.js';
import { CALLED, type Called, type CalledToAct, type NextAct } from './next-act.js';
import type { Option, Wait } from './wait.js';

/** Who can be called, as far as the waits ask for it. */
export interface People {
  readonly rotas: readonly Rota[];
  readonly organisations: readonly Organisation[];
  /** everybody whom these name now, and whom waits name in person */
  readonly actors: readonly Actor[];
}

/** What tells a rota from the others. */
export function nameOfRota({ organisation, role }: Pick<Rota, 'organisation' | 'role'>): string {
  return `${organisation} ${role}`;
}

/** Whom a rota names for a time, before its management. */
export function calledIn(rota: Rota, at: string): readonly string[] {
  return [...onDutyAt(rota, at), ...rota.deputies];
}

/**
 * Who must act on a wait now (G1). What is stopped goes from those on duty to their deputies and to the management, unless
 * they answer, or from the time on at which it should have been done, where it has one; where a rota names nobody who can act, the next ones are called at once, in the end the organisation's
 * registrars, who enrol: so for somebody in person whose keys are gone. Nobody is called who signs nothing any more, or who does not count here.
 * @param at RFC 3339
 */
export function calledTo(
  wait: Wait,
  people: People,
  at: string,
  { escalation = ESCALATION }: Pick<ProcessDefinition, 'escalation'>,
): NextAct {
  const { state, noun, subject, code, since, due, options, named, except = [] } = wait;
  const clock = due === undefined ? {} : { due, overdueMinutes: minutesAfter(due, at) };
  const told = {
    ...{ state, noun, subject, code, since, ...clock },
    ...(named === undefined ? {} : { named }),
    ...(except.length === 0 ? {} : { except }),
  };
  const { deputyMinutes, managementMinutes } = escalation;
  const deputiesFrom = due ?? addMinutes(since, deputyMinutes);
  const managementFrom = addMinutes(deputiesFrom, managementMinutes - deputyMinutes);
  const has = (from: string) => milliseconds(from) <= milliseconds(at);
  const come = has(managementFrom) ? 'management' : has(deputiesFrom) ? 'deputies' : 'on-duty';
  const stage = state === 'stopped' ? come : 'on-duty';
  const asked = options.map((option) => calledBy(option, people, { at, stage, except }));
  return state === 'stopped'
    ? { ...told, asked, deputiesFrom, managementFrom }
    : { ...told, asked };
}

interface Moment {
  readonly at: string;
  readonly stage: Called;
  readonly except: readonly string[];
}

function calledBy(option: Option, people: People, moment: Moment): CalledToAct {
  const { act, organisation, roles, person } = option;
  const told = { act, organisation, roles };
  const actors = new Map(people.actors.map((each) => [each.id, each]));
  const inPerson = person === undefined ? undefined : actors.get(person);
  if (inPerson && canAct(inPerson)) {
    const as = isPatient(inPerson) ? 'patient' : 'named';
    return { ...told, people: [inPerson.id], as, rotaEmpty: false };
  }
  const counts = (id: string) => {
    const actor = actors.get(id);
    return canAct(actor) && !isExcepted(moment, { id, person: actor?.person });
  };
  const able = (ids: readonly string[]) => [...new Set(ids.filter(counts))];
  const own = people.rotas.filter((rota) => rota.organisation === organisation);
  const ofRole = own.filter(({ role }) => roles.includes(role));
  const management = able(ofRole.flatMap((rota) => rota.management));
  const named: Readonly<Record<Called, readonly string[]>> = {
    'on-duty': able(ofRole.flatMap((rota) => onDutyAt(rota, moment.at))),
    deputies: able(ofRole.flatMap(({ deputies }) => deputies)),
    management: management.length > 0 ? management : able(own.flatMap((rota) => rota.management)),
  };
  const rotaEmpty = named['on-duty'].length + named.deputies.length === 0;
  const stages = person === undefined ? CALLED.slice(CALLED.indexOf(moment.stage)) : [];
  for (const as of stages) {
    if (named[as].length > 0) return { ...told, people: named[as], as, rotaEmpty };
  }
  const member = people.organisations.find(({ id }) => id === organisation);
  return { ...told, people: able(member?.registrars ?? []), as: 'registrars', rotaEmpty };
}

/** Whether somebody does not count, under this actor or under another one of the same natural person (E1). */
export function isExcepted(
  { except = [] }: Pick<NextAct, 'except'>,
  { id, person }: { readonly id: string; readonly person?: string | undefined },
): boolean {
  return except.includes(id) || (person !== undefined && except.includes(person));
}

function canAct(actor: Actor | undefined): boolean {
  return actor !== undefined && actor.revocation === undefined;
}
