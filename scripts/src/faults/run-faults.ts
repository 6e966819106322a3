import type { Fault } from './fault.js';
import { type Happening, makeFault } from './make-fault.js';
import { type FaultResult, resultOf } from './fault-result.js';
import type { FaultStage } from './stage.js';
import { blocksThrough, readDecisions } from './tally.js';

/** Makes faults one after the other, then reads every block and says what became of the commands. */
export async function runFaults(
  stage: FaultStage,
  faults: readonly Fault[],
  print: (line: string) => void,
): Promise<readonly FaultResult[]> {
  const made: { readonly fault: Fault; readonly happenings: readonly Happening[] }[] = [];
  for (const fault of faults) {
    const happenings: Happening[] = [];
    for (let time = 1; time <= fault.times; time += 1) {
      print(fault.times > 1 ? `${fault.title}, ${time} of ${fault.times}` : fault.title);
      happenings.push(await makeFault(stage, fault));
    }
    made.push({ fault, happenings });
  }
  print('reading every block');
  const sent = made.flatMap(({ happenings }) => happenings.flatMap((each) => each.sent));
  const decisions = await readDecisions(blocksThrough(stage.ledger, sent));
  return made.map(({ fault, happenings }) => resultOf(fault, happenings, decisions));
}
