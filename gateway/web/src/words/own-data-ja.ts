import type { messagesEn, recordsEn, usesEn } from './own-data-en.js';

export const usesJa: typeof usesEn = {
  title: 'だれが私のデータを使ったか',
  none: 'あなたの検体やデータは、まだだれも使っていません。',
  counts: (since, allowed, refused, unplanned) =>
    `${since}から、許可${allowed}回、拒否${refused}回です。${unplanned === 0 ? '許可したものはすべて治療の予定どおりです。' : `治療の予定にないものは${unplanned}回です。`}`,
  show: '表示',
  filters: { all: 'すべて', refused: '拒否', unplanned: '予定外' },
  states: {
    planned: '許可、予定どおり',
    unasked: '確認なしで行われました',
    refused: '拒否',
    emergency: '緊急時の許可',
    inspection: '法律による許可',
    report: '法律による許可',
  },
  titles: {
    planned: '治療の手順',
    unasked: '治療の手順',
    refused: '検体またはデータの求めがありました',
    emergency: 'ほかの施設の医師が記録を開きました',
    inspection: '査察の担当者が記録を見ました',
    report: '法律が求める報告が送られました',
  },
  shownTo: (authority) => `${authority}の査察の担当者が記録を見ました`,
  times: (count) => `その日に${count}回`,
  touched: (classes) => `使ったもの：${classes}`,
  agreed: (purposes) => `あなたは「はい」と答えました：${purposes}`,
  agreedOn: (purposes, date) => `あなたは${date}に「はい」と答えました：${purposes}`,
  gotNothing: (purposes) => `あなたの「はい」がありません：${purposes}。何も渡していません。`,
  because: {
    unasked:
      'これを行う人は、先にこの記録に確かめなければなりません。記録はあなたのお答えを見ます。今回は確かめていませんでした。調べています。',
    emergency:
      '緊急のとき、ここの医師は短い間だけ記録を見られます。それが正しかったか、あとで別の人が確かめます。',
    inspection: '法律により、当局はワクチンの作り方を調べられます。あなたの選択では変わりません。',
    report: '法律がこの報告を求めています。あなたの選択では変わりません。',
  },
  whatTitle: 'この一覧について',
  what: 'だれかがこの記録に検体やデータを求めたとき、または使ったときに、その答えと理由を載せています。これらの施設の人が仕事のために読んだものや、ベッドのそばで見たものは含みません。',
  end: '一覧はここまでです。',
  save: '一覧をファイルに保存する',
  fileName: 'who-used-my-data.json',
  change: '変える、またはやめる',
};

export const recordsJa: typeof recordsEn = {
  title: '私の記録',
  text: 'あなたについての記録がここにあります。読むことも、印刷することもできます。',
  begun: (date) => `${date}に始まった治療`,
  number: '治療の番号',
  read: '読む、または印刷する',
  open: 'ページを開く',
  until: (time) => `${time}まで開けます`,
  rightsTitle: '間違いがありますか',
  rights:
    '訂正、説明、または法律で認められる範囲の消去を、病院に求めることができます。次の受診のとき、またはお電話でお伝えください。',
};

export const messagesJa: typeof messagesEn = {
  title: 'お知らせ',
  none: 'お知らせはまだありません。',
  nothingNew: '前に見たときから変わったことはありません。',
  fresh: '前に見たあとのお知らせ',
  earlier: 'それより前',
  kinds: { done: '済み', question: '質問、急ぎません', use: 'あなたのデータ' },
  end: '一覧はここまでです。',
  count: (count) => `新しいもの${count}件`,
};
