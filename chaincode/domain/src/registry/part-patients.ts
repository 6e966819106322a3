import { definePermission } from '../commands/define.js';
import { decideLink, linkBody, onlyTheirHospitals, readLink } from './patient-links.js';
import { underPatient } from './reenrol.js';

/** That two pseudonyms were joined wrongly: what either said no to until then counts for both still. */
export const partPatients = definePermission({
  type: 'registry:PartPatients',
  roles: ['clinician', 'registrar'],
  signature: 'own',
  annexes: [],
  body: linkBody,
  scope: underPatient,
  reads: readLink,
  standing: onlyTheirHospitals,
  annulling: 'never',
  decide: (state, command, context) => decideLink(state, command, context, 'apart'),
});
