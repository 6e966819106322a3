import type { PathParameter } from '../operation/operation.js';
import type { NamedThing } from '../reads/therapy-lists.js';
import { parametersOf } from './command-parameters.js';

/** Which route takes which type of command, with what its path repeats of the signed body. */
export interface CommandRoute {
  readonly type: string;
  readonly path: string;
  readonly summary: string;
  readonly parameters: Readonly<Record<string, PathParameter>>;
  /** of what the path is the collection, where each is read by its id behind it */
  readonly collects?: NamedThing['noun'];
}

const THERAPY = '/v1/therapies/{coi}';
const CONSENT = '/v1/patients/{patient}/consents/{purpose}';

function route(type: string, path: string, summary: string): CommandRoute {
  return { type, path, summary, parameters: parametersOf(type, path) };
}

/** A route whose path is a therapy's collection of things of one noun. */
function collection(
  noun: NamedThing['noun'],
  type: string,
  path: string,
  summary: string,
): CommandRoute {
  return { ...route(type, `${THERAPY}/${path}`, summary), collects: noun };
}

export const COMMAND_ROUTES: readonly CommandRoute[] = [
  route('registry:Bootstrap', '/v1/consortium', 'Writes the consortium root, once'),
  route('registry:EnrolActor', '/v1/actors', 'Enrols an actor with roles and keys'),
  route(
    'registry:RevokeActor',
    '/v1/actors/{actor}/revocations',
    'Revokes an actor, but for patients',
  ),
  route('registry:RotateKeys', '/v1/actors/{actor}/keys', 'Replaces the own keys by new ones'),
  route(
    'registry:ReenrolPatient',
    '/v1/patients/{patient}/reenrolments',
    'Asks for new keys for a patient who lost theirs',
  ),
  route(
    'registry:ConfirmReenrolment',
    '/v1/patients/{patient}/reenrolments/confirmations',
    "Confirms in person that the new keys are the patient's",
  ),
  route(
    'registry:RevokePatient',
    '/v1/patients/{patient}/revocations',
    "Asks that a patient's keys end",
  ),
  route(
    'registry:ConfirmRevocation',
    '/v1/patients/{patient}/revocations/confirmations',
    "Confirms that a patient's keys end",
  ),
  route(
    'registry:StateRecipient',
    '/v1/actors/{actor}/recipients',
    'Says for which recipient the person key is to be sealed',
  ),
  route(
    'registry:SharePersonKey',
    '/v1/person-key',
    "Shares the key of persons' digests, or a new one",
  ),
  route(
    'registry:RestatePerson',
    '/v1/actors/{actor}/persons',
    'Names an actor as a person under the current key',
  ),
  route('registry:OpenSession', '/v1/devices/{device}/sessions', 'Delegates to a device'),
  route(
    'registry:CloseSession',
    '/v1/devices/{device}/sessions/closures',
    "Ends a device's session",
  ),
  route(
    'registry:RecordRota',
    '/v1/organisations/{organisation}/rotas',
    'Says whom an organisation has on call for a role, in place of what it said before',
  ),
  route(
    'registry:RecordTraining',
    '/v1/actors/{actor}/trainings',
    'Says for which steps of a process an actor is trained, and until when',
  ),
  route('registry:Propose', '/v1/proposals', 'Lays a change before the members'),
  route('registry:Vote', '/v1/proposals/{proposal}/votes', "Gives an organisation's vote"),
  route('process:Publish', '/v1/processes', 'Publishes an agreed process definition'),
  route(
    'therapy:OrderTherapy',
    '/v1/therapies',
    'Orders a therapy and assigns its chain of identity',
  ),
  route(
    'therapy:OrderLine',
    `${THERAPY}/order-lines`,
    'Orders what remains of a line of the order, or adds a dose',
  ),
  route(
    'therapy:CancelLine',
    `${THERAPY}/order-lines/cancellations`,
    'Cancels what is still to be given on a line of the order',
  ),
  route(
    'therapy:ChangeParties',
    `${THERAPY}/party-changes`,
    'Signs who takes part in a therapy from now on',
  ),
  route(
    'therapy:ReportMissedSlot',
    `${THERAPY}/missed-slots`,
    'Reports that a booked time was missed',
  ),
  route(
    'therapy:RebookSlot',
    `${THERAPY}/missed-slots/{missedSlot}/rebookings`,
    'Books another slot in the place of one that was missed',
  ),
  route('billing:ReportDenial', `${THERAPY}/denials`, 'Reports that a payer does not pay'),
  route(
    'billing:AnswerDenial',
    `${THERAPY}/denials/{denial}/answers`,
    'Appeals against a denial, or accepts it',
  ),
  route(
    'billing:DecideAppeal',
    `${THERAPY}/denials/{denial}/appeal-decisions`,
    'The payer decides on an appeal',
  ),
  route(
    'therapy:AssignArm',
    `${THERAPY}/arm-assignments`,
    'Records that a patient was assigned to an arm of a blinded process',
  ),
  route(
    'therapy:HaltTherapy',
    `${THERAPY}/halts`,
    'Ends a therapy before its last dose: nothing begins in it any more',
  ),
  route(
    'therapy:AskForDestruction',
    `${THERAPY}/destructions`,
    'The patient says when to destroy what is to be destroyed',
  ),
  route(
    'therapy:CloseTherapy',
    `${THERAPY}/closures`,
    'Closes a halted therapy whose things are all disposed of',
  ),
  route(
    'therapy:MigrateProcess',
    `${THERAPY}/migrations`,
    'Has a therapy go on by another version of its process',
  ),
  route('custody:CollectItem', `${THERAPY}/items`, 'Records a sample taken from the patient'),
  route(
    'custody:ConfirmCollection',
    `${THERAPY}/items/{item}/collection-confirmations`,
    'Confirms a collection by a second person',
  ),
  route('custody:DeriveItem', `${THERAPY}/derivations`, 'Records a split, a pool or a preparation'),
  collection(
    'hand-off',
    'custody:ReleaseItem',
    'hand-offs',
    'Signs the releasing half of a hand-off',
  ),
  route(
    'custody:ReceiveItem',
    `${THERAPY}/hand-offs/{handOff}/receipts`,
    'Signs the receiving half of a hand-off',
  ),
  route('custody:RecordReadings', `${THERAPY}/items/{item}/readings`, 'Records condition readings'),
  route(
    'custody:DecideDisposal',
    `${THERAPY}/items/{item}/disposal-decisions`,
    'Decides what becomes of a thing of a halted therapy, and on what legal basis',
  ),
  route(
    'custody:RecordTransit',
    `${THERAPY}/items/{item}/transit-events`,
    'Records what befell an item on its way',
  ),
  route(
    'custody:RelabelItem',
    `${THERAPY}/items/{item}/relabellings`,
    'Signs, as one of two, that a thing bears another label',
  ),
  route('custody:DisposeItem', `${THERAPY}/items/{item}/disposals`, 'Records a disposal'),
  route(
    'custody:WitnessDisposal',
    `${THERAPY}/items/{item}/disposals/witnesses`,
    'Signs as a second person that a thing was disposed of',
  ),
  route(
    'custody:ReportLoss',
    `${THERAPY}/items/{item}/losses`,
    'Reports that nobody knows where a thing is',
  ),
  route(
    'custody:ReportFound',
    `${THERAPY}/items/{item}/findings`,
    'Reports that a lost thing is there again',
  ),
  route('manufacturing:StartStep', `${THERAPY}/steps/{step}/permissions`, 'Asks to start a step'),
  route(
    'manufacturing:ReportStep',
    `${THERAPY}/steps/{step}/reports`,
    'Reports a step with its results',
  ),
  collection('design', 'manufacturing:SubmitDesign', 'designs', 'Submits a vaccine design'),
  route(
    'manufacturing:ApproveDesign',
    `${THERAPY}/designs/{design}/approvals`,
    'Approves a design by a second person',
  ),
  collection(
    'batch',
    'manufacturing:RecordBatch',
    'batches',
    'Records a filled batch and its vials',
  ),
  route(
    'manufacturing:ReviewBatch',
    `${THERAPY}/batches/{batch}/reviews`,
    "Signs quality's review of a batch",
  ),
  route(
    'manufacturing:CertifyBatch',
    `${THERAPY}/batches/{batch}/certifications`,
    'Certifies a batch for release',
  ),
  route('manufacturing:RecallBatch', `${THERAPY}/batches/{batch}/recalls`, 'Recalls a batch'),
  route(
    'quality:ShortenExpiry',
    `${THERAPY}/batches/{batch}/shortenings`,
    'Shortens the expiry of a batch, by data on its stability',
  ),
  route(
    'quality:ExtendExpiry',
    `${THERAPY}/batches/{batch}/extensions`,
    'Signs, as one of two, that a batch keeps for longer, by data on its stability',
  ),
  route('manufacturing:ReportDeviation', `${THERAPY}/deviations`, 'Reports a deviation'),
  route(
    'manufacturing:RecordDisposition',
    `${THERAPY}/deviations/{deviation}/dispositions`,
    'Settles a deviation',
  ),
  collection(
    'investigation',
    'quality:OpenInvestigation',
    'investigations',
    'Opens an investigation into a failed check, or its full phase',
  ),
  route(
    'quality:ConcludeInvestigation',
    `${THERAPY}/investigations/{investigation}/conclusions`,
    'Signs what an investigation found',
  ),
  route(
    'manufacturing:ConfirmSignature',
    `${THERAPY}/commands/{command}/confirmations`,
    'Confirms on other evidence what was signed with compromised keys',
  ),
  collection('hold', 'manufacturing:PlaceHold', 'holds', 'Places a hold'),
  route('manufacturing:LiftHold', `${THERAPY}/holds/{hold}/lifts`, 'Lifts a hold'),
  route(
    'quality:DismissAlarms',
    '/v1/alarms/dismissals',
    "Dismisses an organisation's or an actor's alarms, all of a therapy, a lot or a run",
  ),
  route('manufacturing:RegisterLot', '/v1/lots', 'Registers a reagent or vector lot'),
  route('manufacturing:RecallLot', '/v1/lots/{lot}/recalls', 'Recalls a lot'),
  route(
    'quality:AnnulRecord',
    '/v1/commands/{command}/annulments',
    'Signs that a record was entered in error',
  ),
  collection(
    'alert',
    'quality:StateAlert',
    'alerts',
    'States a recall or a late result to the physician of each dose given',
  ),
  route(
    'care:AcknowledgeAlert',
    `${THERAPY}/alerts/{alert}/acknowledgements`,
    'A physician, the deputy or the safety officer acknowledges an alert',
  ),
  route(
    'care:ReportOverdueAlert',
    `${THERAPY}/alerts/{alert}/overdue-reports`,
    'Reports that nobody has acknowledged an alert in time',
  ),
  route(
    'care:RecordPatientTold',
    `${THERAPY}/alerts/{alert}/tellings`,
    'Records that a physician told the patient',
  ),
  route(
    'quality:DecideNoRecall',
    `${THERAPY}/batches/{batch}/recall-decisions`,
    'Signs that a batch is not recalled although a check failed late',
  ),
  route('manufacturing:RegisterRun', '/v1/runs', 'Registers a sequencing run'),
  route(
    'manufacturing:ReportRunFailure',
    '/v1/runs/{run}/failures',
    'Reports what concerns a sequencing run as a whole',
  ),
  route(
    'manufacturing:ConfirmRunFailure',
    '/v1/runs/{run}/confirmations',
    'Confirms that the controls of a sequencing run failed, with their results',
  ),
  route('consent:RequestConsent', `${CONSENT}/requests`, 'Asks a patient for consent'),
  route('consent:GiveConsent', `${CONSENT}/grants`, 'The patient gives consent'),
  route('consent:DeferConsent', `${CONSENT}/deferrals`, 'The patient answers later'),
  route('consent:RenewConsent', `${CONSENT}/renewals`, 'The patient agrees to the same again'),
  route('consent:RestrictConsent', `${CONSENT}/restrictions`, 'The patient narrows consent'),
  route(
    'consent:RecordConsent',
    `${CONSENT}/recordings`,
    'Records a consent that was given on paper, by word or with assistance',
  ),
  route('consent:RecordTalk', `${CONSENT}/talks`, 'Records a talk about what is asked'),
  route('consent:RecordNo', `${CONSENT}/recorded-refusals`, 'Records a no that somebody heard'),
  route(
    'consent:TakeBackNo',
    `${CONSENT}/retractions`,
    'Records that the patient took a no back before two staff',
  ),
  route(
    'consent:ContinueDespiteLapse',
    `${CONSENT}/continuations`,
    'Records that the patient had what lapsed go on',
  ),
  route(
    'consent:RevokeConsent',
    `${CONSENT}/revocations`,
    'Records that another ended a consent by authority over it',
  ),
  route(
    'consent:InvalidateConsent',
    `${CONSENT}/invalidations`,
    'Says that a consent never was one',
  ),
  route(
    'consent:RequireReconsent',
    `${CONSENT}/reconsents`,
    'Says that the patient decides anew, being of age or able again',
  ),
  route('consent:AmendForm', '/v1/forms/{form}/amendments', 'Amends a form of the own hospital'),
  route('consent:RecordAssent', `${CONSENT}/assents`, 'Records what a minor said who can judge'),
  route(
    'registry:JoinPatients',
    '/v1/patients/{patient}/joins',
    'Says that two pseudonyms are one patient’s',
  ),
  route(
    'registry:PartPatients',
    '/v1/patients/{patient}/partings',
    'Says that two pseudonyms were joined wrongly',
  ),
  route(
    'consent:EnrolProxy',
    '/v1/patients/{patient}/proxies',
    'Says who may speak in a patient’s place',
  ),
  route(
    'consent:ReportPressure',
    '/v1/patients/{patient}/pressure-reports',
    'The patient says that they felt pressed',
  ),
  route(
    'consent:SettleCapacity',
    '/v1/patients/{patient}/capacities',
    'Settles with the proxy whether the patient is able to decide',
  ),
  route(
    'consent:AgreeAsProxy',
    `${CONSENT}/agreements-in-place`,
    'Who speaks in the patient’s place agrees',
  ),
  route(
    'consent:RefuseAsProxy',
    `${CONSENT}/refusals-in-place`,
    'Who speaks in the patient’s place says no',
  ),
  route(
    'consent:ConfirmProxy',
    '/v1/patients/{patient}/proxies/{proxy}/confirmations',
    'Says that somebody speaks in a patient’s place still',
  ),
  route(
    'consent:EndProxy',
    '/v1/patients/{patient}/proxies/{proxy}/end',
    'Says that somebody speaks in a patient’s place no more',
  ),
  route('consent:RefuseConsent', `${CONSENT}/refusals`, 'The patient refuses'),
  route('consent:WithdrawConsent', `${CONSENT}/withdrawals`, 'The patient withdraws consent'),
  collection(
    'verification',
    'care:VerifyBedside',
    'verifications',
    'Records a check of identity at the bedside',
  ),
  route('care:AuthoriseDose', `${THERAPY}/doses`, 'Asks to give a dose: the interlock'),
  collection(
    'override',
    'care:OverrideDose',
    'overrides',
    'Signs one half of an emergency override, which authorises a dose',
  ),
  collection(
    'decision',
    'care:DecideToGoOn',
    'decisions',
    'Signs one half of going on with a product after what cannot be undone',
  ),
  collection(
    'exception',
    'care:RequestException',
    'exceptions',
    'Asks that a batch outside its specification be supplied',
  ),
  route(
    'quality:EvaluateException',
    `${THERAPY}/exceptions/{exception}/evaluations`,
    'Signs what the manufacturer says to an exception',
  ),
  route(
    'care:AcceptException',
    `${THERAPY}/exceptions/{exception}/acceptances`,
    'Accepts an exception, with the consent of the patient',
  ),
  route(
    'quality:ReportNotification',
    `${THERAPY}/exceptions/{exception}/notifications`,
    'Reports that an authority was told of an exception',
  ),
  collection(
    'reportable-event',
    'quality:OpenReportableEvent',
    'reportable-events',
    'Reports what is owed to somebody outside within hours of first awareness',
  ),
  route(
    'quality:RecordReport',
    `${THERAPY}/reportable-events/{reportableEvent}/reports`,
    'Reports that somebody outside was told of a reportable event',
  ),
  collection(
    'inspection',
    'quality:RecordInspection',
    'inspections',
    'Records what inspectors of an authority were shown of a therapy, and on which law',
  ),
  collection(
    'token-replacement',
    'care:ReplaceToken',
    'token-replacements',
    'Records that the patient was given another wristband or device, as one of two staff saw',
  ),
  collection(
    'dose-pass',
    'care:IssuePass',
    'passes',
    'Issues a dose pass, for where the ledger cannot be reached',
  ),
  route(
    'quality:ReviewOverride',
    `${THERAPY}/overrides/{dose}/reviews`,
    'Signs what quality finds of an emergency override afterwards',
  ),
  collection(
    'emergency-access',
    'care:OpenEmergencyAccess',
    'emergency-accesses',
    'Opens a therapy to a physician elsewhere, in an emergency',
  ),
  route(
    'care:Unblind',
    `${THERAPY}/unblindings`,
    'Tells the physician who signs it the arm of a blinded therapy, in an emergency',
  ),
  route(
    'quality:ReviewEmergencyAccess',
    `${THERAPY}/emergency-accesses/{emergencyAccess}/reviews`,
    'Signs what quality finds of an emergency access or unblinding afterwards',
  ),
  route(
    'care:RecordAdministration',
    `${THERAPY}/doses/{dose}/administrations`,
    'Records what was given',
  ),
  collection('outcome', 'care:RecordOutcome', 'outcomes', 'Records a follow-up'),
  collection(
    'adverse-event',
    'care:ReportAdverseEvent',
    'adverse-events',
    'Reports what befell the patient',
  ),
];
