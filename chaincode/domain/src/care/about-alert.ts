import { z } from 'zod';
import type { Command } from '../commands/command.js';
import { type Context, Recording } from '../commands/decision.js';
import type { Reader } from '../commands/reader.js';
import type { Alert } from '../nouns/alert.js';
import type { Item } from '../nouns/item.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { Therapy } from '../nouns/therapy.js';
import { coi, localId } from '../values/identifiers.js';

/** Which alert a fact is about. */
export const aboutAlertBody = z.strictObject({ coi, alert: localId });
export type AboutAlert = z.infer<typeof aboutAlertBody>;

export interface AlertState {
  readonly therapy: Therapy;
  readonly definition: ProcessDefinition;
  readonly alert: Alert | undefined;
  /** what was authorised or given as the alert's dose */
  readonly item: Item | undefined;
}

/** What a fact about an alert is decided on. */
export async function readAboutAlert(reader: Reader, body: AboutAlert): Promise<AlertState> {
  const { coi: ofTherapy } = body;
  const therapy = await reader.therapy(ofTherapy);
  const { definition } = await reader.processOf(therapy);
  const alert = await reader.get('alert', { coi: ofTherapy, id: body.alert });
  const dose = alert && (await reader.get('dose', { coi: ofTherapy, id: alert.dose }));
  const item = dose && (await reader.get('item', { coi: ofTherapy, id: dose.item }));
  return { therapy, definition, alert, item };
}

/** Records a fact about an alert: late, it is about what was given; of an alert that nobody stated it deviates. */
export function recordingOf(
  { therapy, alert, item }: AlertState,
  command: Command<AboutAlert>,
  context: Context,
): Recording {
  const recording = new Recording(command, context).about(item ?? therapy);
  if (alert) return recording;
  const found = command.body.alert;
  return recording.deviate({ code: 'UNKNOWN_ALERT', classification: 'minor', found });
}
