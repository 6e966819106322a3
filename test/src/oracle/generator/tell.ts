import type { Said } from '../account/said.js';
import type { Fault } from './faults/index.js';
import type { Finding } from './finding.js';
import { spokenAs } from './player.js';
import type { Stage } from './stage.js';

/** Where a finding comes from. */
export interface Origin {
  readonly seed: number;
  /** of the history, under that seed */
  readonly number: number;
  readonly faults: readonly Fault[];
}

/** A finding as a short history. */
export function tell(
  stage: Stage,
  { key, judgement }: Finding,
  { seed, number, faults }: Origin,
  said: readonly Said[],
): string {
  const reasons = [...(judgement?.forbidden ?? [])].flatMap(([id, whys]) =>
    whys.slice(0, 3).map((why) => `    ${id}: ${why}`),
  );
  const lines = [
    key,
    `  ${stage.definition.id}, seed ${seed}, history ${number}`,
    ...faults.map(({ says }) => `  fault: ${says}`),
    ...linesOf(stage, said),
    ...(reasons.length === 0 ? [] : ['  the oracle:', ...reasons]),
  ];
  return shortNames(stage).reduce(
    (text, [long, short]) => text.replaceAll(long, short),
    lines.join('\n'),
  );
}

/** Commands that were said otherwise than planned, or answered so; of the others only how many there were. */
function linesOf({ plan }: Stage, said: readonly Said[]): readonly string[] {
  const lines: string[] = [];
  let planned = 0;
  const telling = (each: Said, index: number) => {
    const spoken = spokenAs(each);
    const { outcome, deviations } = each.answer;
    const usual = spoken !== undefined && plan.includes(spoken);
    return (
      index === said.length - 1 ||
      !usual ||
      deviations.length > 0 ||
      each.answer.effect === 'none' ||
      /refused|error/.test(outcome)
    );
  };
  for (const [index, each] of said.entries()) {
    if (each.aside) continue;
    if (!telling(each, index)) planned += 1;
    else {
      if (planned > 0) lines.push(`  … ${planned} as planned`);
      planned = 0;
      lines.push(`  ${line(each)}`);
    }
  }
  return lines;
}

/** What every command of its type says alike. */
const TACIT = ['coi', 'equipment', 'sop', 'region', 'occasion'];

function line({ index, type, actor, body, time, at, annexes, answer }: Said): string {
  const late = time === at ? '' : ` (${Math.round((time - at) / 60_000)} min late)`;
  const told = Object.entries(body as object)
    .filter(([name, value]) => !TACIT.includes(name) && JSON.stringify(value) !== '[]')
    .map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  const results = annexes['results'] as
    { results?: readonly { check: string; value: unknown }[] } | undefined;
  const measured = (results?.results ?? []).map(({ check, value }) => `${check}=${String(value)}`);
  const notes = [...answer.codes, ...answer.deviations.map(({ code }) => `deviation ${code}`)];
  const effect = answer.effect === 'none' ? ['without effect'] : [];
  const answered = [answer.outcome, ...effect, ...notes].join(', ');
  return `${index} ${actor} ${type}${late} ${[...told, ...measured].join(', ')} -> ${answered}`;
}

/** The journey's own names for labels. */
function shortNames({ journeys }: Stage): readonly (readonly [string, string])[] {
  return journeys
    .flatMap(({ things, coi }, index) => {
      const of = index === 0 ? '' : ` of therapy ${index + 1}`;
      return [
        [coi, `therapy-${index + 1}`] as const,
        ...things.map(({ item, kind, part }, place) => {
          const alike = things.slice(0, place + 1).filter((each) => each.kind === kind);
          const kept = part === 'kept' || part === 'retained' ? `${part} ` : '';
          return [item, `${kept}${kind} ${alike.length}${of}`] as const;
        }),
      ];
    })
    .toSorted(([one], [other]) => other.length - one.length);
}
