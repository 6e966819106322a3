import { unansweredChecks } from '@veinledger/domain/execution';
import type { Entity, Therapy } from '@veinledger/domain';
import type { LedgerContext } from './ledger-context.js';

/**
 * Part of a therapy without the checks at the bedside that a second person has still to make without having seen them, and
 * without the records of the commands that told them (A6).
 */
export async function withoutUnanswered<T extends Entity>(
  { reader, stub }: LedgerContext,
  therapy: Therapy,
  entities: readonly T[],
): Promise<readonly T[]> {
  if (!entities.some(isAnswer)) return entities;
  const { coi } = therapy;
  const { definition } = await reader.processOf(therapy);
  const verifications = await reader.range('verification', { coi });
  const items = await reader.range('item', { coi });
  const doses = await reader.range('dose', { coi });
  const unanswered = unansweredChecks(
    {
      therapy,
      definition,
      items: new Map(items.map((each) => [each.id, each])),
      doses: new Map(doses.map((each) => [each.id, each])),
      verifications: new Map(verifications.map((each) => [each.id, each])),
    },
    stub.getDateTimestamp().toISOString(),
  );
  const commands = new Set(unanswered.map(({ by }) => by.command));
  return entities.filter((each) => !commands.has(commandOf(each) ?? ''));
}

function isAnswer(entity: Entity): boolean {
  return commandOf(entity) !== undefined;
}

/** The command that told of a check, of the check or of that command's record. */
function commandOf(entity: Entity): string | undefined {
  if (entity.noun === 'verification') return entity.by.command;
  const told = entity.noun === 'record' && entity.type === 'care:VerifyBedside';
  return told ? entity.commandId : undefined;
}
