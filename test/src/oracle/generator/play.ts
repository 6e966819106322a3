import { isOf, type Said } from '../account/said.js';
import { aboutOf, outputsOf, usedBy } from '../account/about.js';
import { subjectNamed, therapyOf } from '../account/things.js';
import { coiOf } from '../account/standing.js';
import { judge, type Judgement } from '../judge.js';
import { gateOf } from '../matter.js';
import type { History } from './history.js';
import { Player } from './player.js';
import { isSpoken, type Spoken } from './spoken.js';
import type { Stage } from './stage.js';

/** A permission that was asked for, what the ledger answered and what the oracle says. */
export interface Asked {
  readonly said: Said;
  readonly judgement: Judgement;
}

/** The plan, played honestly once, with a copy of everything before each of its commands. */
export class Theatre {
  readonly stage: Stage;
  readonly #snapshots: readonly Player[];

  private constructor(stage: Stage, snapshots: readonly Player[]) {
    this.stage = stage;
    this.#snapshots = snapshots;
  }

  /** @throws Error when the honest way is refused somewhere */
  static async open(stage: Stage): Promise<Theatre> {
    const player = new Player(stage);
    for (const spoken of stage.before) honest(await player.say(spoken));
    const snapshots = [player.fork()];
    for (const spoken of stage.plan) {
      honest(await player.say(spoken));
      snapshots.push(player.fork());
    }
    return new Theatre(stage, snapshots);
  }

  /** Which command is the first that a history says for itself. */
  start({ from }: History): number {
    return this.stage.before.length + from;
  }

  /** Plays a history from where it leaves the plan. */
  async play(history: History): Promise<readonly Said[]> {
    const player = this.#snapshots[history.from]?.fork();
    if (!player) throw new Error(`the plan has no place ${history.from}`);
    for (const act of history.acts) {
      if (isSpoken(act)) await player.say(act);
      else if (act.type === 'wait') player.wait(act.ms);
      else for (const each of this.#settling(player.said)) await player.say(each);
    }
    return player.said;
  }

  /** Quality permits the use of everything whose deviations are open, and dismisses the alarms of everybody who raised some. */
  #settling(said: readonly Said[]): readonly Spoken[] {
    const { coi, cast } = this.stage.journeys[0];
    const by = cast.reviewer.id;
    const settled = new Set(
      said
        .filter((each) => isOf(each, 'manufacturing:RecordDisposition'))
        .map(({ body }) => body.deviation),
    );
    const dispositions = said
      .flatMap((each) =>
        each.answer.deviations.flatMap(({ id }) => {
          const under = coiOf(each) ?? coi;
          const things = [...aboutOf(each), ...outputsOf(each), ...usedBy(each), therapyOf(under)];
          return [...new Set(things)].flatMap((thing) => {
            const subject = subjectNamed(thing, under);
            return subject ? [{ deviation: id, under, subject: { ...subject } }] : [];
          });
        }),
      )
      .filter(({ deviation }) => !settled.has(deviation))
      .map(({ deviation, under, subject }) => ({
        type: 'manufacturing:RecordDisposition',
        by,
        body: { coi: under, deviation, subject, decision: 'permit-use' },
        annexes: {},
      }));
    const dismissed = said.findLastIndex(({ type }) => type === 'quality:DismissAlarms');
    const alarmed = new Set(
      said
        .slice(dismissed + 1)
        .flatMap(({ answer, actor }) => (answer.effect === 'none' ? [actor] : [])),
    );
    const dismissals = [...alarmed].map((actor) => ({
      type: 'quality:DismissAlarms',
      by,
      body: { coi, actor },
      annexes: {},
    }));
    return [...dispositions, ...dismissals];
  }
}

/**
 * Judges the permissions that were asked for in a history.
 * @param from the first command that is not the honest plan's
 * @param off the clauses that are left out
 */
export function judgeAll(
  said: readonly Said[],
  from: number,
  off: ReadonlySet<string>,
): readonly Asked[] {
  return said.slice(from).flatMap((each) => {
    if (gateOf(each) === undefined || each.answer.outcome === 'error') return [];
    const judgement = judge(said, each, off);
    return judgement ? [{ said: each, judgement }] : [];
  });
}

function honest(said: Said): void {
  const { outcome, codes, deviations } = said.answer;
  if (outcome !== 'error' && outcome !== 'refused' && deviations.length === 0) return;
  throw new Error(`${said.type} of the honest plan: ${outcome} ${codes.join(', ')}`);
}
