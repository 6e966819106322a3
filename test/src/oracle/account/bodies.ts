/** What the oracle reads of each type's body, from the schemas of the OpenAPI document. */
export interface Bodies {
  readonly 'registry:EnrolActor': {
    readonly actor: string;
    readonly roles: readonly string[];
    /** a keyed digest of who the natural person is */
    readonly person?: string;
  };
  readonly 'registry:RevokeActor': {
    readonly actor: string;
    readonly reason: string;
    readonly compromisedSince?: string;
  };
  readonly 'registry:RevokePatient': {
    readonly patient: string;
    readonly reason: string;
    readonly compromisedSince?: string;
  };
  readonly 'registry:ConfirmRevocation': {
    readonly patient: string;
    /** the command that asked for it */
    readonly asked: string;
  };
  readonly 'therapy:OrderTherapy': {
    readonly coi: string;
    readonly patient: string;
    readonly process: { readonly id: string; readonly version: string };
    readonly parties: readonly string[];
    readonly quality?: string;
    /** ISO 3166-1 alpha-2 */
    readonly jurisdiction: string;
    readonly orderLines: readonly Line[];
  };
  readonly 'therapy:MigrateProcess': {
    readonly coi: string;
    readonly process: { readonly id: string; readonly version: string };
  };
  readonly 'therapy:ChangeParties': { readonly coi: string; readonly parties: readonly string[] };
  readonly 'therapy:HaltTherapy': { readonly coi: string };
  readonly 'therapy:AssignArm': { readonly coi: string };
  readonly 'care:Unblind': { readonly coi: string };
  readonly 'therapy:OrderLine': {
    readonly coi: string;
    /** the number of the line in whose place it is ordered */
    readonly replaces: number;
    readonly line: Line;
    readonly patientSeen: boolean;
  };
  readonly 'custody:CollectItem': OfItem & {
    readonly kind: string;
    readonly occasion: string;
    readonly confirms?: string;
  };
  readonly 'custody:ConfirmCollection': OfItem;
  readonly 'custody:DeriveItem': {
    readonly coi: string;
    readonly operation: string;
    readonly parents: readonly Used[];
    readonly children: readonly Made[];
  };
  readonly 'custody:ReleaseItem': OfItem & {
    readonly handOff: string;
    readonly to: string;
    readonly seals: readonly string[];
    readonly condition: string;
    readonly labelRead: string;
    readonly identityCheck: string;
    readonly returned?: boolean;
  };
  readonly 'custody:ReceiveItem': OfItem & {
    readonly handOff: string;
    readonly verdict: string;
    readonly reason?: string;
    readonly seals: readonly string[];
    readonly condition: string;
    readonly labelRead: string;
    readonly returned?: boolean;
  };
  readonly 'custody:RecordReadings': OfItem & {
    readonly readings: readonly { readonly at: string; readonly temperatureC: number }[];
  };
  readonly 'custody:DisposeItem': OfItem & { readonly method: string };
  readonly 'custody:ReportLoss': OfItem;
  readonly 'custody:ReportFound': OfItem & {
    readonly condition: string;
    readonly labelRead: string;
  };
  readonly 'manufacturing:StartStep': Attempt & {
    readonly coi: string;
    readonly inputs: readonly string[];
  };
  readonly 'manufacturing:ReportStep': {
    readonly coi: string;
    readonly step: string;
    readonly attempt: number;
    readonly inputs: readonly Used[];
    readonly outputs: readonly Made[];
    readonly inputDatasets: readonly string[];
    readonly datasets: readonly { readonly id: string; readonly kind: string }[];
    readonly lots: readonly string[];
    readonly run?: string;
    readonly design?: string;
    readonly batch?: string;
    readonly sequenceCommitment?: string;
  };
  readonly 'manufacturing:SubmitDesign': OfDesign & {
    readonly datasets: readonly string[];
    readonly ranking: Attempt;
  };
  readonly 'manufacturing:ApproveDesign': OfDesign;
  readonly 'manufacturing:RecordBatch': OfBatch & {
    /** where the product comes from data */
    readonly design?: string;
    readonly fill: Attempt;
    readonly expiry: string;
    readonly vials: readonly string[];
    readonly reconciliation: {
      readonly made: number;
      readonly sampled: number;
      readonly retained: number;
      readonly rejected: number;
    };
    /** why no unit could be spared for a reserve */
    readonly withoutReserve?: string;
  };
  readonly 'manufacturing:ReviewBatch': OfBatch;
  readonly 'manufacturing:CertifyBatch': OfBatch & OpenTests;
  readonly 'manufacturing:RecallBatch': OfBatch & { readonly reason: string };
  readonly 'manufacturing:RecallLot': { readonly lot: string; readonly reason: string };
  readonly 'manufacturing:ReportDeviation': {
    readonly coi: string;
    readonly subject: Subject;
    readonly code: string;
  };
  readonly 'manufacturing:RecordDisposition': {
    readonly coi: string;
    readonly deviation: string;
    readonly decision: string;
    /** where the deviation has several, the one that is settled */
    readonly subject?: Subject;
  };
  readonly 'quality:AnnulRecord': {
    readonly coi?: string;
    readonly lot?: string;
    readonly run?: string;
    /** the record that was a mistake */
    readonly command: string;
    readonly reason: string;
  };
  readonly 'quality:ShortenExpiry': OfBatch & { readonly expiry: string };
  readonly 'quality:ExtendExpiry': OfBatch & { readonly expiry: string };
  readonly 'quality:DismissAlarms': {
    readonly coi?: string;
    readonly lot?: string;
    readonly run?: string;
    readonly organisation?: string;
    readonly actor?: string;
    /** each by its digest */
    readonly alarms?: readonly string[];
  };
  readonly 'quality:OpenInvestigation': Attempt & {
    readonly coi: string;
    readonly investigation: string;
    readonly check: string;
    readonly phase: 'laboratory' | 'full';
    /** what is tested again, how often and by whom */
    readonly retest?: {
      readonly items: readonly string[];
      readonly datasets: readonly string[];
      readonly number: number;
      readonly analyst: string;
    };
  };
  readonly 'quality:ConcludeInvestigation': {
    readonly coi: string;
    readonly investigation: string;
    readonly cause: 'laboratory' | 'process' | 'none';
  };
  readonly 'manufacturing:ConfirmSignature': { readonly coi: string; readonly command: string };
  readonly 'manufacturing:PlaceHold': {
    readonly coi: string;
    readonly hold: string;
    readonly subject: Subject;
    readonly liftedByRole: string;
  };
  readonly 'manufacturing:LiftHold': { readonly coi: string; readonly hold: string };
  readonly 'manufacturing:RegisterLot': { readonly lot: string; readonly expiry: string };
  readonly 'manufacturing:RegisterRun': { readonly run: string };
  readonly 'manufacturing:ReportRunFailure': {
    readonly run: string;
    readonly reason: 'controls-failed' | 'index-hopping' | 'sample-sheet-mixed';
    /** the rate of index hopping */
    readonly perMille?: number;
  };
  readonly 'manufacturing:ConfirmRunFailure': { readonly run: string };
  readonly 'consent:RequestConsent': {
    readonly patient: string;
    readonly purpose: string;
    readonly consent: string;
    readonly scope: {
      /** RFC 3339 */
      readonly validFrom?: string;
      readonly validUntil?: string;
    };
    readonly supersedes?: string;
  };
  readonly 'consent:GiveConsent': { readonly purpose: string; readonly consent: string };
  readonly 'consent:RefuseConsent': { readonly purpose: string };
  readonly 'consent:WithdrawConsent': { readonly purpose: string };
  readonly 'care:RequestException': OfBatch & { readonly exception: string };
  readonly 'quality:EvaluateException': OfException & {
    readonly finding: 'supply' | 'do-not-supply';
  };
  readonly 'care:AcceptException': OfException;
  readonly 'care:VerifyBedside': OfItem & {
    readonly verification: string;
    readonly labelCoi: string;
    readonly token: string;
    readonly patient: string;
    /** each by its digest */
    readonly alarmsSeen?: readonly string[];
  };
  readonly 'care:AuthoriseDose': OfItem &
    OpenTests & {
      readonly dose: string;
      readonly number: number;
      readonly verifications: readonly string[];
      readonly fitness: string;
      readonly continueAfterLapse: boolean;
      readonly lapse?: { readonly notAsked: string; readonly waiting: string };
      readonly alarmsSeen?: readonly string[];
    };
  readonly 'care:OverrideDose': OfItem &
    OpenTests & {
      readonly dose: string;
      readonly number: number;
      readonly verifications: readonly string[];
      readonly continueAfterLapse: boolean;
    };
  readonly 'care:DecideToGoOn': OfItem & {
    readonly decision: string;
    readonly continueAfterLapse: boolean;
  };
  readonly 'care:OpenEmergencyAccess': OfAccess;
  readonly 'quality:ReviewEmergencyAccess': OfAccess & {
    readonly finding: 'justified' | 'not-justified';
  };
  readonly 'care:IssuePass': OfItem &
    OpenTests & { readonly pass: string; readonly number: number };
  readonly 'care:RecordAdministration': OfItem & {
    readonly dose: string;
    readonly number: number;
    readonly course: string;
  };
}

/** The types that bear upon a dose, or upon who learns of it. */
export type Type = keyof Bodies;

/** An order line: its number, and how many containers it takes, one when left out. */
export interface Line {
  readonly dose: number;
  readonly containers?: number;
}

interface OfItem {
  readonly coi: string;
  readonly item: string;
}
/** What admits a physician of no party in an emergency. */
interface OfAccess {
  readonly coi: string;
  readonly emergencyAccess: string;
}
interface OfDesign {
  readonly coi: string;
  readonly design: string;
}
interface OfBatch {
  readonly coi: string;
  readonly batch: string;
}
/** The tests that may follow and have no result yet. */
interface OpenTests {
  readonly openTests?: readonly string[];
}
interface OfException {
  readonly coi: string;
  readonly exception: string;
}
export interface Attempt {
  readonly step: string;
  readonly attempt: number;
}
export interface Used {
  readonly item: string;
  readonly consumed: boolean;
}
export interface Made {
  readonly item: string;
  readonly kind: string;
}

/** What a deviation or a hold is about. */
export interface Subject {
  readonly kind: string;
  readonly coi: string;
  readonly id?: string;
  readonly attempt?: number;
}
