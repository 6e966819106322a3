/**
 * What a signature on a command means (21 CFR 11.50), as whoever signs is shown it, in the first person. A type that is
 * missing here is asked of nobody by `next`, and means what its body says.
 */
const MEANINGS: Readonly<Record<string, string>> = {
  'billing:AnswerDenial': 'I answer the payer’s denial.',
  'billing:DecideAppeal': 'I decide on the appeal for the payer.',
  'care:AcceptException':
    'Approval: I accept the product outside its specification for my patient, and explained it to them.',
  'care:AcknowledgeAlert': 'Responsibility: I know of this alert and act on it for my patient.',
  'care:AuthoriseDose': 'Approval: this product may be given to this patient now.',
  'care:DecideToGoOn':
    'Responsibility: after what cannot be undone the product is gone on with, although something stands against it.',
  'care:OverrideDose':
    'Responsibility: in this emergency the product is given although a gate could not permit it.',
  'care:RecordAdministration': 'Authorship: this is what was given.',
  'care:RecordOutcome': 'Authorship: this is what became of the patient.',
  'care:VerifyBedside':
    'Authorship: I compared the product and the patient before me, by reading both.',
  'consent:DeferConsent': 'I answer later.',
  'consent:GiveConsent': 'I read the form and agree.',
  'consent:ContinueDespiteLapse':
    'Witness: I heard the patient say that it goes on although consent has lapsed.',
  'consent:ReportPressure': 'I felt pressed, and say so.',
  'consent:SettleCapacity': 'Responsibility: this is whether the patient is able to decide.',
  'consent:AgreeAsProxy': 'I read the form and agree in the patient’s place.',
  'consent:RefuseAsProxy': 'I say no in the patient’s place.',
  'consent:ConfirmProxy': 'Responsibility: this person speaks in the patient’s place still.',
  'consent:EndProxy': 'Responsibility: this person speaks in the patient’s place no more.',
  'consent:EnrolProxy':
    'Responsibility: I saw by what authority this person speaks in the patient’s place.',
  'consent:RecordAssent': 'Witness: I asked the minor, and this is what they said.',
  'consent:RequireReconsent': 'Responsibility: the patient decides on this anew.',
  'consent:InvalidateConsent': 'Responsibility: this never was a consent.',
  'consent:RecordConsent': 'Witness: the patient read or heard the form and agreed before me.',
  'consent:RecordTalk': 'Authorship: I talked with the patient about what is asked.',
  'consent:RecordNo': 'Witness: I heard or saw the patient say no.',
  'consent:TakeBackNo': 'Witness: I heard the patient take the no back.',
  'consent:RefuseConsent': 'I do not agree.',
  'consent:RenewConsent': 'I read the form again and agree for longer.',
  'consent:RequestConsent': 'Authorship: I ask the patient for consent, on this form.',
  'custody:CollectItem': 'Authorship: I took this sample from this patient.',
  'custody:ConfirmCollection': 'Review: I saw that this sample was taken from this patient.',
  'custody:DecideDisposal': 'Approval: this is what becomes of the thing, on this legal basis.',
  'custody:DeriveItem': 'Authorship: I made these things of those.',
  'custody:DisposeItem': 'Authorship: this is what I did with the thing.',
  'custody:ReceiveItem':
    'Authorship: I received the thing, read its label and looked at its seals.',
  'custody:RelabelItem': 'Authorship: I read both labels, and saw what became of the former one.',
  'custody:ReleaseItem': 'Authorship: I gave the thing away.',
  'custody:ReportFound': 'Authorship: the thing that was lost is here.',
  'custody:WitnessDisposal':
    'Review: I saw that the thing was destroyed, given back or put away, or the paper that says so.',
  'manufacturing:ApproveDesign': 'Approval: the product may be made by this design.',
  'manufacturing:CertifyBatch':
    'Approval: I certify that the batch was made and tested as the process asks, and may be used.',
  'manufacturing:ConfirmRunFailure':
    'Review: I saw the results of the run’s own controls, and they failed.',
  'manufacturing:ConfirmSignature':
    'Responsibility: this happened as it was signed, although the keys were in other hands.',
  'manufacturing:LiftHold': 'Approval: what was on hold may be gone on with.',
  'manufacturing:RecallBatch': 'Responsibility: the batch is called back.',
  'manufacturing:RecordBatch':
    'Authorship: this is what was filled, and where every container went.',
  'manufacturing:RecordDisposition':
    'Approval: this is what becomes of the thing that the deviation is about.',
  'manufacturing:ReportDeviation': 'Authorship: this is otherwise than it should be.',
  'manufacturing:ReportStep': 'Authorship: this is what was done and found in the step.',
  'manufacturing:ReviewBatch': 'Review: I reviewed the whole record of the batch.',
  'manufacturing:StartStep': 'Authorship: I begin this step on these things.',
  'manufacturing:SubmitDesign': 'Authorship: this is the design that I propose.',
  'quality:AnnulRecord': 'Approval: the record was entered in error, and counts no more.',
  'quality:ConcludeInvestigation': 'Approval: this is the cause that the investigation found.',
  'quality:DecideNoRecall': 'Responsibility: the batch is not called back.',
  'quality:DismissAlarms': 'Review: I looked into the alarm, and there is nothing in it.',
  'care:ReplaceToken':
    'Authorship: I saw the patient with the new token, and what became of the old one.',
  'quality:EvaluateException': 'Review: I weighed the risk of supplying the product all the same.',
  'quality:ExtendExpiry': 'Approval: by data on its stability the batch keeps for longer.',
  'quality:ShortenExpiry':
    'Responsibility: by data on its stability the batch keeps for a shorter time.',
  'quality:OpenInvestigation': 'Responsibility: the failed check is investigated.',
  'quality:RecordReport': 'Authorship: I made the report that was owed.',
  'quality:ReportNotification': 'Authorship: I told the authority.',
  'quality:ReviewEmergencyAccess': 'Review: I reviewed the emergency access or unblinding.',
  'quality:ReviewOverride': 'Review: I reviewed the override.',
  'quality:StateAlert': 'Authorship: the physicians of the doses that it concerns are told.',
  'registry:Propose': 'Approval: I lay this change before the members.',
  'therapy:ChangeParties': 'Approval: these take part in the therapy from now on.',
  'therapy:CloseTherapy': 'Approval: everything of the therapy is settled.',
  'therapy:HaltTherapy': 'Responsibility: the therapy ends.',
  'therapy:OrderLine': 'Authorship: I order this dose.',
  'therapy:RebookSlot': 'Authorship: I booked another slot.',
};

/** What a signature on a type of command means; undefined where its body alone says so. */
export function meaningOf(type: string): string | undefined {
  return MEANINGS[type];
}
