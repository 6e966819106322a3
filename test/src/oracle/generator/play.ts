import { runNamed } from '../account/run-failures.js';
import { isOf, type Said } from '../account/said.js';
import { judge, type Judgement } from '../judge.js';
import { gateOf } from '../matter.js';
import type { History } from './history.js';
import { Player, spokenAs } from './player.js';
import { ofManySubjects, settling } from './settling.js';
import { type Annul, type Confirm, isSpoken, type Settle, type Spoken } from './spoken.js';
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
    return (await this.playOut(history)).said;
  }

  /** Plays a history, and leaves everything as it is at its end. */
  async playOut(history: History): Promise<Player> {
    const player = this.#snapshots[history.from]?.fork();
    if (!player) throw new Error(`the plan has no place ${history.from}`);
    for (const act of history.acts) {
      if (isSpoken(act)) await player.say(act);
      else if (act.type === 'wait') player.wait(act.ms);
      else if (act.type === 'annul') await this.#annul(player, act);
      else if (act.type === 'confirm') await confirm(player, act);
      else await this.#settle(player, act);
    }
    return player;
  }

  async #annul(player: Player, { record, by, reason }: Annul): Promise<void> {
    const { coi } = this.stage.journeys[0];
    const said = player.said.findLast((each) =>
      typeof record === 'string' ? each.type === record : spokenAs(each) === record,
    );
    const command = said?.answer.command;
    if (said === undefined || command === undefined) return;
    const run = runNamed(said);
    const place = isOf(said, 'manufacturing:RecallLot')
      ? { lot: said.body.lot }
      : run === undefined
        ? { coi }
        : { run };
    for (const each of by) {
      const body = { ...place, command, reason };
      await player.say({ type: 'quality:AnnulRecord', by: each, body, annexes: {} });
    }
  }

  async #settle(player: Player, { leaving, uninvestigated }: Settle): Promise<void> {
    const copy = player.fork();
    const plain = (word: Spoken): Spoken => (uninvestigated ? { ...word, annexes: {} } : word);
    const found = await settling(this.stage, player.said, (word) => copy.say(plain(word)));
    let words = found.map(plain);
    if (leaving !== undefined) {
      const tried = player.fork();
      const answered: Said[] = [];
      for (const word of words) answered.push(await tried.say(word));
      player.hearAside(answered);
      const taken = words.filter((_, index) => answered[index]?.answer.outcome === 'permitted');
      const left = ofManySubjects(taken)[leaving];
      words = taken.filter((word) => word !== left);
    }
    for (const word of words) await player.say(word);
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

async function confirm(player: Player, { by }: Confirm): Promise<void> {
  const said = player.said.findLast((each) => isOf(each, 'registry:RevokePatient'));
  const asked = said?.answer.command;
  if (said === undefined || asked === undefined) return;
  const body = { patient: said.body.patient, asked };
  await player.say({ type: 'registry:ConfirmRevocation', by, body, annexes: {} });
}

function honest(said: Said): void {
  const { outcome, codes, deviations } = said.answer;
  if (outcome !== 'error' && outcome !== 'refused' && deviations.length === 0) return;
  throw new HonestPlanStopped(`${said.type} of the honest plan: ${outcome} ${codes.join(', ')}`);
}

/** The rules stop what nothing is wrong with: they are broken, and no history can be played. */
export class HonestPlanStopped extends Error {
  override name = 'HonestPlanStopped';
}
