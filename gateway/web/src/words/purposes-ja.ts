import type { PurposeWords } from './purposes-en.js';

const FREE =
  '「いいえ」と答えても、治療、順番、{薬|くすり}ができるまでの日数は変わりません。お答えがないときは「いいえ」として扱います。';
const VACCINE_GOES_ON = 'ワクチンづくりと治療は、そのまま続きます。';
const CARE_GOES_ON = 'ほかの治療は、そのまま続きます。';
const NEEDED = '「いいえ」のときは、このワクチンを作れません。ほかの治療は変わりません。';
const VACCINE_STOPS = [
  '{署名|しょめい}したときから、新しく作ることも、{投与|とうよ}することもありません。',
  'これからのことは、医師があなたとお話しします。',
];
const stopsNew = (what: string) => [
  `署名したときから、${what}。`,
  'すでに受け取ったところは、新しく使うことをやめなければなりません。',
];

const extra = (name: string, question: string, stopped: string): PurposeWords => ({
  name,
  question,
  no: FREE,
  goesOn: VACCINE_GOES_ON,
  stops: stopsNew(stopped),
});
const needed = (name: string, question: string): PurposeWords => ({
  name,
  question,
  no: NEEDED,
  goesOn: CARE_GOES_ON,
  stops: VACCINE_STOPS,
});

export const purposesJa: Readonly<Record<string, PurposeWords>> = {
  TREATMENT_MANUFACTURE: needed(
    '私のワクチンを作ること',
    'あなたの{検体|けんたい}とデータを使って、ワクチンを作ってもよいですか。',
  ),
  GENOMIC_SEQUENCING: needed(
    '{遺伝子|いでんし}を読むこと',
    'ワクチンを作るために、検査施設があなたの遺伝子を読んでもよいですか。',
  ),
  SHARE_NAMED_PARTY: needed(
    '作る施設へデータを渡すこと',
    'ワクチンを作る施設に、必要なデータを渡してもよいですか。',
  ),
  CROSS_BORDER: needed(
    'ほかの国へ送ること',
    'あなたの{検体|けんたい}とデータを、下の国へ送ってもよいですか。',
  ),
  OOS_ADMINISTRATION: needed(
    '基準から外れたワクチン',
    '検査の一つが基準から外れたワクチンを、{投与|とうよ}してもよいですか。',
  ),
  RESEARCH: extra(
    '研究',
    '研究者があなたの{検体|けんたい}とデータを使ってもよいですか。',
    '研究者にあなたのデータを渡すことはもうありません',
  ),
  RECONTACT: extra(
    '新しい研究のご案内',
    '新しい研究について、あとでおたずねしてもよいですか。',
    '研究についておたずねすることはもうありません',
  ),
  COMMERCIAL_USE: extra(
    '企業による利用',
    '企業が製品のために、あなたの{検体|けんたい}とデータを使ってもよいですか。',
    '製品のために企業にデータを渡すことはもうありません',
  ),
  AI_TRAINING: extra(
    'コンピューターの学習',
    'コンピューターのプログラムが、あなたのデータから学んでもよいですか。',
    '学習のためにデータを使うことはもうありません',
  ),
  PAYER_OUTCOMES: extra(
    '保険者への経過の報告',
    '治療のあとの経過を、保険者に伝えてもよいですか。',
    '経過を保険者に伝えることはもうありません',
  ),
  INCIDENTAL_FINDINGS: extra(
    '{偶然|ぐうぜん}見つかったこと',
    '健康に関わる別のことが見つかったとき、知りたいですか。',
    '見つかったことをお知らせすることはもうありません',
  ),
  SAMPLE_RETENTION: extra(
    '残った{検体|けんたい}の保管',
    '残った{検体|けんたい}を保管してもよいですか。',
    '保管が必要でない検体は残しません',
  ),
  BIOMETRIC_ID: extra(
    '顔や指による本人確認',
    'ベッドのそばで、顔や指で本人を確認してもよいですか。',
    '顔や指で本人を確認することはもうありません',
  ),
};

export const STAYS_JA = [
  'すでに終わった研究などの結果。',
  'あなたとつなげることがもうできないデータ。',
  '安全のために法律で残す記録。だれが、どの{検体|けんたい}から、いつワクチンを作ったか。',
];
