import { acceptException } from './care/accept-exception.js';
import { answerDenial } from './billing/answer-denial.js';
import { decideAppeal } from './billing/decide-appeal.js';
import { reportDenial } from './billing/report-denial.js';
import { acknowledgeAlert } from './care/acknowledge-alert.js';
import { authoriseDose } from './care/authorise-dose.js';
import { issuePass } from './care/issue-pass.js';
import { decideToGoOn } from './care/decide-to-go-on.js';
import { openEmergencyAccess } from './care/open-emergency-access.js';
import { overrideDose } from './care/override-dose.js';
import { recordAdministration } from './care/record-administration.js';
import { recordOutcome } from './care/record-outcome.js';
import { recordPatientTold } from './care/record-patient-told.js';
import { replaceToken } from './care/replace-token.js';
import { requestException } from './care/request-exception.js';
import { reportAdverseEvent } from './care/report-adverse-event.js';
import { reportOverdueAlert } from './care/report-overdue-alert.js';
import { unblind } from './care/unblind.js';
import { verifyBedside } from './care/verify-bedside.js';
import type { AnyCommandType } from './commands/define.js';
import { agreeAsProxy } from './consent/agree-as-proxy.js';
import { amendForm } from './consent/amend-form.js';
import { confirmProxy } from './consent/confirm-proxy.js';
import { continueDespiteLapse } from './consent/continue.js';
import { endProxy } from './consent/end-proxy.js';
import { enrolProxy } from './consent/enrol-proxy.js';
import { deferConsent } from './consent/defer.js';
import { giveConsent } from './consent/give.js';
import { invalidateConsent } from './consent/invalidate.js';
import { recordConsent } from './consent/record.js';
import { recordAssent } from './consent/record-assent.js';
import { requireReconsent } from './consent/require-reconsent.js';
import { recordTalk } from './consent/record-talk.js';
import { recordNo } from './consent/record-no.js';
import { revokeConsent } from './consent/revoke.js';
import { reportPressure } from './consent/report-pressure.js';
import { settleCapacity } from './consent/settle-capacity.js';
import { takeBackNo } from './consent/take-back-no.js';
import { refuseAsProxy } from './consent/refuse-as-proxy.js';
import { refuseConsent } from './consent/refuse.js';
import { renewConsent } from './consent/renew.js';
import { restrictConsent } from './consent/restrict.js';
import { withdrawConsent } from './consent/withdraw.js';
import { requestConsent } from './consent/request.js';
import { collectItem } from './custody/collect.js';
import { confirmCollection } from './custody/confirm-collection.js';
import { deriveItem } from './custody/derive.js';
import { decideDisposal } from './custody/decide-disposal.js';
import { disposeItem } from './custody/dispose.js';
import { reportFound } from './custody/report-found.js';
import { recordTransit } from './custody/record-transit.js';
import { reportLoss } from './custody/report-loss.js';
import { recordReadings } from './custody/readings.js';
import { receiveItem } from './custody/receive.js';
import { relabelItem } from './custody/relabel.js';
import { releaseItem } from './custody/release.js';
import { witnessDisposal } from './custody/witness-disposal.js';
import { recordBatch } from './manufacturing/batch.js';
import { confirmSignature } from './manufacturing/confirm-signature.js';
import { approveDesign } from './manufacturing/approve-design.js';
import { submitDesign } from './manufacturing/submit-design.js';
import { recordDisposition } from './manufacturing/record-disposition.js';
import { reportDeviation } from './manufacturing/report-deviation.js';
import { liftHold } from './manufacturing/lift-hold.js';
import { placeHold } from './manufacturing/place-hold.js';
import { registerLot } from './manufacturing/register-lot.js';
import { confirmRunFailure } from './manufacturing/confirm-run-failure.js';
import { reportRunFailure } from './manufacturing/report-run-failure.js';
import { registerRun } from './manufacturing/register-run.js';
import { certifyBatch } from './manufacturing/certify-batch.js';
import { recallBatch } from './manufacturing/recall-batch.js';
import { recallLot } from './manufacturing/recall-lot.js';
import { reviewBatch } from './manufacturing/review-batch.js';
import { reportStep } from './manufacturing/report-step.js';
import { startStep } from './manufacturing/start-step.js';
import { annulRecord } from './quality/annul-record.js';
import { concludeInvestigation } from './quality/conclude-investigation.js';
import { decideNoRecall } from './quality/decide-no-recall.js';
import { dismissAlarms } from './quality/dismiss-alarms.js';
import { extendExpiry } from './quality/extend-expiry.js';
import { evaluateException } from './quality/evaluate-exception.js';
import { openInvestigation } from './quality/open-investigation.js';
import { openReportableEvent } from './quality/open-reportable-event.js';
import { recordInspection } from './quality/record-inspection.js';
import { recordReport } from './quality/record-report.js';
import { reportNotification } from './quality/report-notification.js';
import { reviewEmergencyAccess } from './quality/review-emergency-access.js';
import { shortenExpiry } from './quality/shorten-expiry.js';
import { reviewOverride } from './quality/review-override.js';
import { stateAlert } from './quality/state-alert.js';
import { publishProcess } from './process/publish.js';
import { bootstrap } from './registry/bootstrap.js';
import { enrolActor } from './registry/enrol.js';
import { confirmReenrolment } from './registry/confirm-reenrolment.js';
import { reenrolPatient } from './registry/reenrol.js';
import { confirmRevocation } from './registry/confirm-revocation.js';
import { joinPatients } from './registry/join-patients.js';
import { partPatients } from './registry/part-patients.js';
import { revokePatient } from './registry/revoke-patient.js';
import { restatePerson } from './registry/restate-person.js';
import { sharePersonKey } from './registry/share-person-key.js';
import { stateRecipient } from './registry/state-recipient.js';
import { revokeActor } from './registry/revoke.js';
import { rotateKeys } from './registry/rotate.js';
import { propose } from './registry/propose.js';
import { vote } from './registry/vote.js';
import { recordRota } from './registry/record-rota.js';
import { recordTraining } from './registry/record-training.js';
import { closeSession } from './registry/close-session.js';
import { openSession } from './registry/open-session.js';
import { assignArm } from './therapy/assign-arm.js';
import { askForDestruction } from './therapy/ask-for-destruction.js';
import { cancelLine } from './therapy/cancel-line.js';
import { changeParties } from './therapy/change-parties.js';
import { closeTherapy } from './therapy/close.js';
import { haltTherapy } from './therapy/halt.js';
import { rebookSlot } from './therapy/rebook-slot.js';
import { reportMissedSlot } from './therapy/report-missed-slot.js';
import { orderTherapy } from './therapy/order.js';
import { migrateProcess } from './therapy/migrate-process.js';
import { orderLine } from './therapy/order-line.js';

/** Every type of command there is. */
export const COMMANDS = [
  bootstrap,
  enrolActor,
  revokeActor,
  rotateKeys,
  reenrolPatient,
  confirmReenrolment,
  revokePatient,
  confirmRevocation,
  joinPatients,
  partPatients,
  stateRecipient,
  sharePersonKey,
  restatePerson,
  openSession,
  closeSession,
  recordRota,
  recordTraining,
  propose,
  vote,
  publishProcess,
  orderTherapy,
  orderLine,
  migrateProcess,
  cancelLine,
  changeParties,
  reportMissedSlot,
  rebookSlot,
  reportDenial,
  answerDenial,
  decideAppeal,
  assignArm,
  haltTherapy,
  askForDestruction,
  closeTherapy,
  collectItem,
  confirmCollection,
  deriveItem,
  releaseItem,
  receiveItem,
  recordReadings,
  recordTransit,
  relabelItem,
  decideDisposal,
  disposeItem,
  witnessDisposal,
  reportLoss,
  reportFound,
  startStep,
  reportStep,
  submitDesign,
  approveDesign,
  recordBatch,
  reviewBatch,
  certifyBatch,
  recallBatch,
  shortenExpiry,
  extendExpiry,
  reportDeviation,
  recordDisposition,
  openInvestigation,
  concludeInvestigation,
  confirmSignature,
  placeHold,
  liftHold,
  dismissAlarms,
  annulRecord,
  stateAlert,
  decideNoRecall,
  registerLot,
  recallLot,
  registerRun,
  reportRunFailure,
  confirmRunFailure,
  requestConsent,
  giveConsent,
  deferConsent,
  renewConsent,
  restrictConsent,
  recordConsent,
  recordTalk,
  recordNo,
  takeBackNo,
  continueDespiteLapse,
  revokeConsent,
  invalidateConsent,
  requireReconsent,
  amendForm,
  recordAssent,
  settleCapacity,
  reportPressure,
  agreeAsProxy,
  refuseAsProxy,
  enrolProxy,
  confirmProxy,
  endProxy,
  refuseConsent,
  withdrawConsent,
  verifyBedside,
  authoriseDose,
  overrideDose,
  decideToGoOn,
  reviewOverride,
  openEmergencyAccess,
  unblind,
  reviewEmergencyAccess,
  issuePass,
  requestException,
  evaluateException,
  acceptException,
  reportNotification,
  openReportableEvent,
  recordReport,
  recordInspection,
  replaceToken,
  recordAdministration,
  recordOutcome,
  reportAdverseEvent,
  acknowledgeAlert,
  reportOverdueAlert,
  recordPatientTold,
] as const satisfies readonly AnyCommandType[];
