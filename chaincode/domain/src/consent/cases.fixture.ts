/**
 * What a use is answered by what the patient has said, as a table for who answers for privacy. A statement is a state
 * (given, withdrawn …), then, where it is not for everything: `to` whom, `in` which countries, `of` which classes of
 * data, `from` and `until` when, `uses` so many of so many, `takes-back` which statement by its place, `by-stolen-keys`,
 * `for` another purpose than research, `DUO` codes with `+` for modifiers and diseases. What is asked is research by
 * LabMSP in DE on 22 November 2026, unless it says otherwise. The answer is yes, or every reason why not.
 */
export const CASES_OF_CONSENT = `
nothing                                          |                          | no decision
requested                                        |                          | requested
deferred                                         |                          | deferred
given                                            |                          | yes
renewed                                          |                          | yes
refused                                          |                          | no: refused
withdrawn                                        |                          | no: withdrawn
revoked                                          |                          | revoked
restricted                                       |                          | restricted
superseded                                       |                          | superseded
expired                                          |                          | expired
terminated                                       |                          | terminated
invalidated                                      |                          | invalidated
reconsent-required                               |                          | reconsent-required
requested; deferred                              |                          | deferred; requested
requested; terminated                            |                          | terminated
expired; terminated                              |                          | expired; terminated
given; requested                                 |                          | yes
given; deferred                                  |                          | yes
given; superseded                                |                          | yes
given; restricted                                |                          | yes
given; expired                                   |                          | yes
given; terminated                                |                          | yes
given; reconsent-required                        |                          | yes
given; refused                                   |                          | no: refused
given; withdrawn                                 |                          | no: withdrawn
given; revoked                                   |                          | revoked
given; invalidated                               |                          | invalidated
renewed; refused                                 |                          | no: refused
renewed; withdrawn                               |                          | no: withdrawn
refused; withdrawn                               |                          | no: refused; no: withdrawn
refused; revoked; given                          |                          | no: refused; revoked
withdrawn; given takes-back 1                    |                          | yes
refused; given takes-back 1                      |                          | yes
revoked; given takes-back 1                      |                          | yes
invalidated; given takes-back 1                  |                          | yes
withdrawn; renewed takes-back 1                  |                          | yes
withdrawn; given takes-back 1; withdrawn         |                          | no: withdrawn
withdrawn; refused; given takes-back 1           |                          | no: refused
withdrawn; withdrawn takes-back 1                |                          | no: withdrawn
withdrawn; requested takes-back 1                |                          | no: withdrawn
withdrawn; terminated takes-back 1               |                          | no: withdrawn
withdrawn; superseded takes-back 1               |                          | no: withdrawn
withdrawn; given by-stolen-keys takes-back 1     |                          | no: withdrawn; stolen keys
withdrawn; given until 2026-11-01 takes-back 1   |                          | valid until 2026-11-01, asked of 2026-11-22
given by-stolen-keys                             |                          | stolen keys
given by-stolen-keys; given                      |                          | yes
given by-stolen-keys to PayerMSP                 |                          | recipient LabMSP
given for AI_TRAINING                            |                          | no decision
given                                            | AI_TRAINING              | no decision
given for AI_TRAINING                            | AI_TRAINING              | yes
withdrawn for AI_TRAINING; given                 |                          | yes
withdrawn for AI_TRAINING; given                 | AI_TRAINING              | no: withdrawn
given for CROSS_BORDER                           | RECONTACT                | no decision
given to LabMSP                                  |                          | yes
given to PayerMSP                                |                          | recipient LabMSP
given to PayerMSP+LabMSP                         |                          | yes
given to LabMSP                                  | to PayerMSP              | recipient PayerMSP
given to PayerMSP; given to LabMSP               |                          | yes
given to PayerMSP; given to HospitalMSP          |                          | recipient LabMSP
given in DE                                      |                          | yes
given in AT                                      |                          | country DE
given in AT+DE                                   |                          | yes
given in DE                                      | in US                    | country US
given in DE                                      | in nowhere-known         | country unknown
given                                            | in nowhere-known         | yes
given of sample                                  | of sample                | yes
given of sample                                  | of genome                | data class genome
given of sample                                  | of sample+genome         | data class genome
given of sample                                  | of genome+outcome        | data class genome; data class outcome
given of sample+genome                           | of sample+genome         | yes
given of sample; given of genome                 | of sample+genome         | data class genome; data class sample
given                                            | of identity              | yes
given of sample                                  |                          | yes
given to LabMSP in DE of sample                  | of sample                | yes
given to PayerMSP in AT of sample                | of genome                | country DE; data class genome; recipient LabMSP
given to PayerMSP; given in AT                   |                          | country DE; recipient LabMSP
given to PayerMSP in DE; given to LabMSP in AT   |                          | country DE; recipient LabMSP
given from 2026-11-01                            |                          | yes
given from 2026-11-22                            |                          | yes
given from 2026-12-01                            |                          | valid from 2026-12-01, asked of 2026-11-22
given until 2026-12-01                           |                          | yes
given until 2026-11-22                           |                          | valid until 2026-11-22, asked of 2026-11-22
given until 2026-11-01                           |                          | valid until 2026-11-01, asked of 2026-11-22
given from 2026-11-01 until 2026-12-01           |                          | yes
given from 2026-11-01 until 2026-12-01           | on 2026-10-01            | valid from 2026-11-01, asked of 2026-10-01
given from 2026-11-01 until 2026-12-01           | on 2027-01-01            | valid until 2026-12-01, asked of 2027-01-01
renewed until 2026-11-01                         |                          | valid until 2026-11-01, asked of 2026-11-22
given until 2026-11-01; given                    |                          | yes
given until 2026-11-01 to PayerMSP               |                          | recipient LabMSP; valid until 2026-11-01, asked of 2026-11-22
given uses 0/1                                   |                          | yes
given uses 1/1                                   |                          | used 1 times
given uses 1/2                                   |                          | yes
given uses 3/2                                   |                          | used 3 times
given uses 1/1; given uses 0/1                   |                          | yes
given uses 1/1; given to PayerMSP                |                          | recipient LabMSP; used 1 times
withdrawn to PayerMSP; given                     |                          | yes
withdrawn to PayerMSP; given                     | to PayerMSP              | no: withdrawn
refused to LabMSP; given                         |                          | no: refused
refused in AT; given                             |                          | yes
refused in AT; given                             | in AT                    | no: refused
refused in AT; given                             | in nowhere-known         | no: refused
refused of genome; given                         | of sample                | yes
refused of genome; given                         | of genome                | no: refused
refused of genome; given                         | of sample+genome         | no: refused
refused of genome; given                         |                          | no: refused
refused to PayerMSP in AT; given                 | to PayerMSP              | yes
withdrawn to PayerMSP; given to LabMSP           | to PayerMSP              | no: withdrawn; recipient PayerMSP
withdrawn until 2026-11-01; given                |                          | no: withdrawn
withdrawn uses 1/1; given                        |                          | no: withdrawn
given DUO:0000006                                |                          | research not named
given DUO:0000006                                | DUO:0000006              | yes
given DUO:0000006                                | DUO:0000007+MONDO:0005015 | yes
given DUO:0000042                                | DUO:0000006              | yes
given DUO:0000006                                | DUO:0000042              | research DUO:0000042
given DUO:0000007+MONDO:0005015                  | DUO:0000007+MONDO:0005148 | yes
given DUO:0000007+MONDO:0005148                  | DUO:0000007+MONDO:0005015 | disease MONDO:0005015
given DUO:0000007+MONDO:0005015                  | DUO:0000007+MONDO:0004992 | disease MONDO:0004992
given DUO:0000007+MONDO:0005015                  | DUO:0000007              | disease not named
given DUO:0000007+MONDO:0005015                  | DUO:0000006              | disease not named; research DUO:0000006
given DUO:0000006+DUO:0000046                    | DUO:0000006              | modifier DUO:0000046
given DUO:0000006+DUO:0000046                    | DUO:0000006+DUO:0000046  | yes
given DUO:0000006+DUO:0000046                    | DUO:0000006+DUO:0000018  | yes
given DUO:0000006+DUO:0000018                    | DUO:0000006+DUO:0000046  | modifier DUO:0000018
given DUO:0000006                                | DUO:0000006+DUO:9999999  | unknown term DUO:9999999
given DUO:0000006+DUO:9999999                    | DUO:0000006+DUO:9999999  | modifier DUO:9999999; unknown term DUO:9999999
given DUO:9999999                                | DUO:0000006              | research DUO:0000006; unknown term DUO:9999999
given                                            | DUO:0000007+MONDO:0005015 | yes
nothing                                          | ADVERSE_EVENT_REPORTING by safety-law in DE | yes
withdrawn                                        | ADVERSE_EVENT_REPORTING by safety-law in DE | yes
nothing                                          | ADVERSE_EVENT_REPORTING of outcome by safety-law in DE | yes
nothing                                          | ADVERSE_EVENT_REPORTING of genome by safety-law in DE | not covered: genome
nothing                                          | INSPECTION by safety-law in DE | not covered: INSPECTION
nothing                                          | INSPECTION of genome by safety-law in DE | not covered: INSPECTION; not covered: genome
given                                            | ADVERSE_EVENT_REPORTING  | not covered: ADVERSE_EVENT_REPORTING
given                                            | by safety-law in DE      | not covered: RESEARCH
given                                            | by no-such-law in DE     | no such basis
given                                            | by safety-law in AT      | no such basis
nothing                                          | of genome by data-space in DE | yes
withdrawn                                        | of genome by data-space in DE | yes
objected                                         | of genome by data-space in DE | objected: ehds-art-71
objected; given                                  | of genome by data-space in DE | objected: ehds-art-71
objected; given                                  |                          | yes
objected                                         | ADVERSE_EVENT_REPORTING by safety-law in DE | yes
objection-withdrawn                              | of genome by data-space in DE | yes
`;
