import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { isObject, type Place, PLACES, placesIn } from './body-schemas.fixture.js';
import { COMMANDS } from './catalogue.js';

const pathsOf = (places: readonly Place[]) => places.map(({ path }) => path);

describe('the bodies of all commands', () => {
  test('have no free text: a string has a pattern, a list of values or a format', () => {
    const strings = PLACES.filter(({ schema }) => schema['type'] === 'string');
    const closed = ['pattern', 'allOf', 'enum', 'const', 'format'];
    expect(strings.length).toBeGreaterThan(100);
    expect(pathsOf(strings.filter(({ schema }) => !closed.some((by) => by in schema)))).toEqual([]);
  });

  test('have patterns that no sentence fits', () => {
    const patterns = PLACES.flatMap(({ schema, path }) =>
      typeof schema['pattern'] === 'string' ? [{ path, pattern: schema['pattern'] }] : [],
    );
    const sentence = 'Mrs Jane Doe, born 1961';
    const open = patterns.filter(({ pattern }) => new RegExp(pattern).test(sentence));
    expect(open.map(({ path }) => path)).toEqual([]);
  });

  test('are closed: an object holds what its schema names and nothing else', () => {
    const objects = PLACES.filter(({ schema }) => schema['type'] === 'object');
    expect(objects.length).toBeGreaterThanOrEqual(COMMANDS.length);
    const open = objects.filter(({ schema }) => schema['additionalProperties'] !== false);
    expect(pathsOf(open)).toEqual([]);
  });

  test('are bounded: an array says how many it holds at most', () => {
    const arrays = PLACES.filter(({ schema }) => schema['type'] === 'array');
    const open = arrays.filter(({ schema }) => typeof schema['maxItems'] !== 'number');
    expect(arrays.length).toBeGreaterThan(20);
    expect(pathsOf(open)).toEqual([]);
  });

  test('say what each of their parts is', () => {
    const typed = ['type', 'oneOf', 'anyOf', 'enum', 'const'];
    const parts = PLACES.flatMap(({ path, schema }) =>
      isObject(schema['properties']) && schema['type'] === 'object'
        ? Object.entries(schema['properties']).map(([name, part]) => ({
            path: `${path}.${name}`,
            part,
          }))
        : [],
    );
    const untyped = parts.filter(({ part }) => !isObject(part) || !typed.some((by) => by in part));
    expect(untyped.map(({ path }) => path)).toEqual([]);
  });
});

describe('every type of command', () => {
  test('stands in the catalogue once', () => {
    const types = COMMANDS.map(({ type }) => type);
    expect(new Set(types).size).toBe(types.length);
  });

  test('names who may send it, and a registrar sends nothing but the registry’s', () => {
    for (const { type, roles } of COMMANDS) {
      expect([type, roles.length > 0]).toEqual([type, true]);
      const governs = /^(registry|process):/.test(type);
      const mayGovern = roles.some((role) => role === 'registrar');
      expect([type, mayGovern && !governs]).toEqual([type, false]);
    }
  });

  test('that is an electronic signature is the person’s own, and devices report only what they measure or compute', () => {
    const bySignature = (signature: string) =>
      COMMANDS.filter((each) => each.signature === signature).map(({ type }) => type);
    expect(bySignature('own').sort()).toEqual([
      'care:AcceptException',
      'care:AcknowledgeAlert',
      'care:AuthoriseDose',
      'care:DecideToGoOn',
      'care:IssuePass',
      'care:OpenEmergencyAccess',
      'care:OverrideDose',
      'care:ReplaceToken',
      'care:RequestException',
      'care:Unblind',
      'care:VerifyBedside',
      'consent:AgreeAsProxy',
      'consent:AmendForm',
      'consent:ConfirmProxy',
      'consent:ContinueDespiteLapse',
      'consent:DeferConsent',
      'consent:EndProxy',
      'consent:EnrolProxy',
      'consent:GiveConsent',
      'consent:InvalidateConsent',
      'consent:RecordAssent',
      'consent:RecordConsent',
      'consent:RecordNo',
      'consent:RecordTalk',
      'consent:RefuseAsProxy',
      'consent:RefuseConsent',
      'consent:RenewConsent',
      'consent:ReportPressure',
      'consent:RequireReconsent',
      'consent:RestrictConsent',
      'consent:RevokeConsent',
      'consent:SettleCapacity',
      'consent:TakeBackNo',
      'consent:WithdrawConsent',
      'custody:DecideDisposal',
      'custody:RelabelItem',
      'custody:WitnessDisposal',
      'manufacturing:ApproveDesign',
      'manufacturing:CertifyBatch',
      'manufacturing:ConfirmRunFailure',
      'manufacturing:ConfirmSignature',
      'manufacturing:LiftHold',
      'manufacturing:RecallBatch',
      'manufacturing:RecallLot',
      'manufacturing:RecordDisposition',
      'manufacturing:ReportRunFailure',
      'manufacturing:ReviewBatch',
      'process:Publish',
      'quality:AnnulRecord',
      'quality:ConcludeInvestigation',
      'quality:DecideNoRecall',
      'quality:DismissAlarms',
      'quality:EvaluateException',
      'quality:ExtendExpiry',
      'quality:OpenInvestigation',
      'quality:RecordInspection',
      'quality:ReviewEmergencyAccess',
      'quality:ReviewOverride',
      'quality:ShortenExpiry',
      'registry:Bootstrap',
      'registry:ConfirmReenrolment',
      'registry:ConfirmRevocation',
      'registry:EnrolActor',
      'registry:JoinPatients',
      'registry:OpenSession',
      'registry:PartPatients',
      'registry:Propose',
      'registry:RecordRota',
      'registry:RecordTraining',
      'registry:ReenrolPatient',
      'registry:RestatePerson',
      'registry:RevokeActor',
      'registry:RevokePatient',
      'registry:RotateKeys',
      'registry:SharePersonKey',
      'registry:StateRecipient',
      'registry:Vote',
      'therapy:AskForDestruction',
      'therapy:AssignArm',
      'therapy:CancelLine',
      'therapy:ChangeParties',
      'therapy:CloseTherapy',
      'therapy:HaltTherapy',
      'therapy:MigrateProcess',
      'therapy:OrderLine',
    ]);
    expect(bySignature('device').sort()).toEqual([
      'care:ReportOverdueAlert',
      'custody:RecordReadings',
      'manufacturing:RegisterRun',
      'quality:StateAlert',
      'registry:CloseSession',
    ]);
  });
});

test('words stand in annexes only: where somebody is named, where quality explains a deviation, where a dose is given against the rules, and where somebody tells what befell the patient', () => {
  const isFree = ({ schema }: Place) =>
    schema['type'] === 'string' && !['pattern', 'allOf', 'enum'].some((by) => by in schema);
  const inWords = COMMANDS.flatMap(({ type, annexes }) =>
    annexes
      .filter(({ content }) => placesIn(z.toJSONSchema(content), '').some(isFree))
      .map(({ name }) => `${type} ${name}`),
  );
  expect(inWords).toEqual([
    'registry:EnrolActor name',
    'registry:RestatePerson name',
    'quality:ShortenExpiry stability',
    'quality:ExtendExpiry stability',
    'manufacturing:ReportDeviation investigation',
    'manufacturing:RecordDisposition investigation',
    'quality:ConcludeInvestigation investigation',
    'manufacturing:ConfirmSignature investigation',
    'quality:DecideNoRecall investigation',
    'manufacturing:ConfirmRunFailure controls',
    'consent:ReportPressure pressure',
    'care:OverrideDose explanation',
    'care:DecideToGoOn explanation',
    'quality:ReviewOverride investigation',
    'care:OpenEmergencyAccess explanation',
    'care:Unblind explanation',
    'quality:ReviewEmergencyAccess investigation',
    'care:RequestException explanation',
    'quality:EvaluateException investigation',
    'care:AcceptException explanation',
    'quality:OpenReportableEvent explanation',
    'quality:RecordInspection findings',
    'care:ReportAdverseEvent description',
  ]);
});
