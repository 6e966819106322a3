import type { CommandRecord } from '../nouns/record.js';
import { actorsNamedIn } from '../registry/named-actors.js';
import { type Circle, learnersIn, type Viewer } from './learners.js';
import { narrowest, type Sight, sightOf, type Told } from './sight.js';

const CLINICAL = { staff: 'whole', patient: 'whole', auditor: 'whole' } satisfies Told;

/** Who learns what of a command's record, by what the command is about. */
export const TOLD_OF_RECORD = {
  /** who held what, when, in which condition */
  custody: { ...CLINICAL, courier: ['deviations', 'reasons'] },
  /** which doses are ordered */
  order: { ...CLINICAL, payer: ['reasons', 'changed'] },
  /** that a dose was permitted and given: what is paid for */
  dose: { ...CLINICAL, payer: ['reasons', 'verdicts', 'deviations', 'changed'] },
  /** what was checked at the bedside, and what became of the patient */
  care: CLINICAL,
  /** that a patient is assigned to an arm; to which is in an annex, for the unblinded alone */
  arm: CLINICAL,
  /** what a payer denied, and what came of it */
  payment: { ...CLINICAL, payer: 'whole' },
  /** what was made, tested, judged and annulled */
  making: CLINICAL,
  /** lots and runs, which therapies share */
  material: { staff: 'whole', registrar: 'whole', auditor: 'whole' },
  /** what a patient decided */
  consent: CLINICAL,
  /** that a patient felt pressed to: nobody of the team that asked */
  pressure: { safety: 'whole', patient: 'whole', auditor: 'whole' },
  /** members, people, keys, processes */
  registry: { staff: 'whole', registrar: 'whole', auditor: 'whole' },
} as const satisfies Readonly<Record<string, Told>>;
export type Matter = keyof typeof TOLD_OF_RECORD;

const MATTER_OF_TYPE: Readonly<Record<string, Matter>> = {
  'registry:Bootstrap': 'registry',
  'registry:EnrolActor': 'registry',
  'registry:RevokeActor': 'registry',
  'registry:RotateKeys': 'registry',
  'registry:ReenrolPatient': 'registry',
  'registry:ConfirmReenrolment': 'registry',
  'registry:OpenSession': 'registry',
  'registry:CloseSession': 'registry',
  'registry:Propose': 'registry',
  'registry:Vote': 'registry',
  'registry:RecordRota': 'registry',
  'registry:RecordTraining': 'registry',
  'registry:RevokePatient': 'registry',
  'registry:ConfirmRevocation': 'registry',
  'registry:StateRecipient': 'registry',
  'registry:SharePersonKey': 'registry',
  'registry:RestatePerson': 'registry',
  'registry:JoinPatients': 'consent',
  'registry:PartPatients': 'consent',
  'process:Publish': 'registry',
  'therapy:OrderTherapy': 'order',
  'therapy:OrderLine': 'order',
  'therapy:MigrateProcess': 'making',
  'therapy:AssignArm': 'arm',
  'therapy:ReportMissedSlot': 'care',
  'therapy:RebookSlot': 'care',
  'therapy:CancelLine': 'order',
  'therapy:ChangeParties': 'making',
  'therapy:HaltTherapy': 'care',
  'therapy:AskForDestruction': 'care',
  'therapy:CloseTherapy': 'care',
  'custody:CollectItem': 'custody',
  'custody:ConfirmCollection': 'custody',
  'custody:DeriveItem': 'custody',
  'custody:ReleaseItem': 'custody',
  'custody:ReceiveItem': 'custody',
  'custody:RecordReadings': 'custody',
  'custody:RecordTransit': 'custody',
  'custody:RelabelItem': 'custody',
  'custody:DecideDisposal': 'making',
  'custody:DisposeItem': 'custody',
  'custody:WitnessDisposal': 'custody',
  'custody:ReportLoss': 'custody',
  'custody:ReportFound': 'custody',
  'manufacturing:StartStep': 'making',
  'manufacturing:ReportStep': 'making',
  'manufacturing:SubmitDesign': 'making',
  'manufacturing:ApproveDesign': 'making',
  'manufacturing:RecordBatch': 'making',
  'manufacturing:ReviewBatch': 'making',
  'manufacturing:CertifyBatch': 'making',
  'manufacturing:RecallBatch': 'making',
  'quality:ShortenExpiry': 'making',
  'quality:ExtendExpiry': 'making',
  'manufacturing:ReportDeviation': 'making',
  'manufacturing:RecordDisposition': 'making',
  'manufacturing:ConfirmSignature': 'making',
  'manufacturing:PlaceHold': 'making',
  'manufacturing:LiftHold': 'making',
  'manufacturing:RegisterLot': 'material',
  'manufacturing:RecallLot': 'material',
  'manufacturing:RegisterRun': 'material',
  'manufacturing:ReportRunFailure': 'material',
  'manufacturing:ConfirmRunFailure': 'material',
  'quality:DismissAlarms': 'making',
  'quality:AnnulRecord': 'making',
  'quality:OpenInvestigation': 'making',
  'quality:ConcludeInvestigation': 'making',
  'quality:StateAlert': 'making',
  'quality:DecideNoRecall': 'making',
  'care:AcknowledgeAlert': 'care',
  'care:ReportOverdueAlert': 'care',
  'care:RecordPatientTold': 'care',
  'billing:ReportDenial': 'payment',
  'billing:AnswerDenial': 'payment',
  'billing:DecideAppeal': 'payment',
  'consent:RequestConsent': 'consent',
  'consent:GiveConsent': 'consent',
  'consent:DeferConsent': 'consent',
  'consent:RenewConsent': 'consent',
  'consent:RestrictConsent': 'consent',
  'consent:RecordConsent': 'consent',
  'consent:RecordTalk': 'consent',
  'consent:RecordNo': 'consent',
  'consent:TakeBackNo': 'consent',
  'consent:ContinueDespiteLapse': 'consent',
  'consent:RevokeConsent': 'consent',
  'consent:InvalidateConsent': 'consent',
  'consent:AmendForm': 'registry',
  'consent:RequireReconsent': 'consent',
  'consent:RecordAssent': 'consent',
  'consent:EnrolProxy': 'consent',
  'consent:SettleCapacity': 'consent',
  'consent:ReportPressure': 'pressure',
  'consent:AgreeAsProxy': 'consent',
  'consent:RefuseAsProxy': 'consent',
  'consent:ConfirmProxy': 'consent',
  'consent:EndProxy': 'consent',
  'consent:RefuseConsent': 'consent',
  'consent:WithdrawConsent': 'consent',
  'care:VerifyBedside': 'care',
  'care:AuthoriseDose': 'dose',
  'care:OverrideDose': 'care',
  'care:DecideToGoOn': 'care',
  'care:IssuePass': 'care',
  'care:RequestException': 'care',
  'care:AcceptException': 'care',
  'quality:EvaluateException': 'care',
  'quality:ReportNotification': 'care',
  'quality:OpenReportableEvent': 'care',
  'quality:RecordReport': 'care',
  'quality:RecordInspection': 'care',
  'care:ReplaceToken': 'care',
  'quality:ReviewOverride': 'care',
  'care:OpenEmergencyAccess': 'care',
  'care:Unblind': 'care',
  'quality:ReviewEmergencyAccess': 'care',
  'care:RecordAdministration': 'dose',
  'care:RecordOutcome': 'care',
  'care:ReportAdverseEvent': 'care',
};

/** What each type of command is about; of a type that is not here nobody is told but who signed it. */
export const MATTERS: ReadonlyMap<string, Matter> = new Map(Object.entries(MATTER_OF_TYPE));

/** What of a record says who learns of it. */
export type RecordTold = Pick<
  CommandRecord,
  'type' | 'actor' | 'organisation' | 'principal' | 'scope' | 'decision' | 'changed' | 'reasons'
>;

/** What a record is about, as far as it decides who learns of it. */
export type RecordSubject =
  { readonly kind: 'therapy' | 'person'; readonly id: string } | { readonly kind: 'members' };

/** Those whose affair a record is: each of them has to let it be told. */
export function subjectsOf(record: RecordTold): readonly RecordSubject[] {
  const { kind, id } = record.scope;
  if (kind === 'therapy') return [{ kind, id }];
  if (kind === 'patient') return [{ kind: 'person', id }];
  const named = kind === 'consortium' ? actorsNamedIn(record) : [];
  return [{ kind: 'members' }, ...named.map((each) => ({ kind: 'person', id: each }) as const)];
}

/** What the viewer learns of a record as far as one of those is concerned whose affair it is. */
export function sightOfRecord(viewer: Viewer, record: RecordTold, circle: Circle): Sight {
  const shared = record.scope.kind === 'lot' || record.scope.kind === 'run';
  const matter = shared ? 'material' : MATTERS.get(record.type);
  return matter === undefined
    ? 'nothing'
    : sightOf(TOLD_OF_RECORD[matter], learnersIn(viewer, circle));
}

/** What the viewer learns of a record that is the affair of all of these. */
export function sightOfRecordIn(
  viewer: Viewer,
  record: RecordTold,
  circles: readonly Circle[],
): Sight {
  if (isOwnRecord(viewer, record)) return 'whole';
  return narrowest(circles.map((circle) => sightOfRecord(viewer, record, circle)));
}

/**
 * Whether the viewer learns of the record because it is theirs: they signed it, or a device for them, and had it as
 * their receipt; or they are the patient who is decided about. An organisation has the receipts of all its people.
 */
export function isOwnRecord(
  { id, roles, organisation }: Viewer,
  record: Pick<CommandRecord, 'actor' | 'principal' | 'organisation' | 'scope'>,
): boolean {
  const ofPatient = roles.includes('patient');
  if (id === undefined) return !ofPatient && organisation === record.organisation;
  if (id === record.actor || id === record.principal) return true;
  return ofPatient && record.scope.kind === 'patient' && record.scope.id === id;
}
