import type { Type } from './bodies.js';

const KNOWN: Readonly<Record<Type, true>> = {
  'registry:EnrolActor': true,
  'registry:RevokeActor': true,
  'therapy:OrderTherapy': true,
  'custody:CollectItem': true,
  'custody:ConfirmCollection': true,
  'custody:DeriveItem': true,
  'custody:ReleaseItem': true,
  'custody:ReceiveItem': true,
  'custody:RecordReadings': true,
  'custody:DisposeItem': true,
  'manufacturing:ReportStep': true,
  'manufacturing:SubmitDesign': true,
  'manufacturing:ApproveDesign': true,
  'manufacturing:RecordBatch': true,
  'manufacturing:ReviewBatch': true,
  'manufacturing:CertifyBatch': true,
  'manufacturing:RecallBatch': true,
  'manufacturing:ReportDeviation': true,
  'manufacturing:RecordDisposition': true,
  'quality:DismissAlarms': true,
  'manufacturing:ConfirmSignature': true,
  'manufacturing:PlaceHold': true,
  'manufacturing:LiftHold': true,
  'manufacturing:RegisterLot': true,
  'manufacturing:RegisterRun': true,
  'consent:GiveConsent': true,
  'consent:RefuseConsent': true,
  'consent:WithdrawConsent': true,
  'care:VerifyBedside': true,
  'care:AuthoriseDose': true,
  'care:RecordAdministration': true,
};

/** The types of command that bear upon a dose. */
export const BEARING: readonly string[] = Object.keys(KNOWN);

/** Those that no clause reads; keys and votes are authentication's affair. */
export const UNBEARING: readonly string[] = [
  'registry:Bootstrap',
  'registry:RotateKeys',
  'registry:ReenrolPatient',
  'registry:ConfirmReenrolment',
  'registry:OpenSession',
  'registry:CloseSession',
  'registry:Propose',
  'registry:Vote',
  'process:Publish',
  'manufacturing:StartStep',
  'consent:RequestConsent',
  // these do bear upon a dose, and no clause reads them yet
  'custody:ReportLoss',
  'custody:ReportFound',
  'quality:AnnulRecord',
  'manufacturing:RecallLot',
  'care:RecordOutcome',
  'care:ReportAdverseEvent',
];
