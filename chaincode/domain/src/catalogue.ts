import { authoriseDose } from './care/authorise-dose.js';
import { recordAdministration, recordOutcome } from './care/record-administration.js';
import { verifyBedside } from './care/verify-bedside.js';
import type { CommandType } from './commands/command.js';
import { giveConsent, refuseConsent, withdrawConsent } from './consent/answer.js';
import { requestConsent } from './consent/request.js';
import { collectItem, confirmCollection } from './custody/collect.js';
import { deriveItem } from './custody/derive.js';
import { disposeItem } from './custody/dispose.js';
import { recordReadings } from './custody/readings.js';
import { receiveItem } from './custody/receive.js';
import { releaseItem } from './custody/release.js';
import { recordBatch } from './manufacturing/batch.js';
import { confirmSignature } from './manufacturing/confirm-signature.js';
import { approveDesign, submitDesign } from './manufacturing/design.js';
import { recordDisposition, reportDeviation } from './manufacturing/deviation.js';
import { liftHold, placeHold } from './manufacturing/hold.js';
import { registerLot, registerRun } from './manufacturing/lot.js';
import { certifyBatch, recallBatch, reviewBatch } from './manufacturing/release-batch.js';
import { reportStep } from './manufacturing/report-step.js';
import { startStep } from './manufacturing/start-step.js';
import { publishProcess } from './process/publish.js';
import { bootstrap } from './registry/bootstrap.js';
import { enrolActor } from './registry/enrol.js';
import { confirmReenrolment, reenrolPatient } from './registry/reenrol.js';
import { revokeActor } from './registry/revoke.js';
import { rotateKeys } from './registry/rotate.js';
import { propose } from './registry/propose.js';
import { vote } from './registry/vote.js';
import { closeSession, openSession } from './registry/delegate.js';
import { orderTherapy } from './therapy/order.js';

/** Every type of command there is. */
export const COMMAND_TYPES = [
  bootstrap,
  enrolActor,
  revokeActor,
  rotateKeys,
  reenrolPatient,
  confirmReenrolment,
  openSession,
  closeSession,
  propose,
  vote,
  publishProcess,
  orderTherapy,
  collectItem,
  confirmCollection,
  deriveItem,
  releaseItem,
  receiveItem,
  recordReadings,
  disposeItem,
  startStep,
  reportStep,
  submitDesign,
  approveDesign,
  recordBatch,
  reviewBatch,
  certifyBatch,
  recallBatch,
  reportDeviation,
  recordDisposition,
  confirmSignature,
  placeHold,
  liftHold,
  registerLot,
  registerRun,
  requestConsent,
  giveConsent,
  refuseConsent,
  withdrawConsent,
  verifyBedside,
  authoriseDose,
  recordAdministration,
  recordOutcome,
] as const satisfies readonly Pick<
  CommandType<never>,
  'type' | 'kind' | 'roles' | 'signature' | 'annexes'
>[];
