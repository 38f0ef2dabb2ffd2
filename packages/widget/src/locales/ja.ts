import type { LocaleTexts } from './locale-texts.ts'

export const ja: LocaleTexts = {
  dir: 'ltr',
  ui: {
    close: '閉じる',
    send: '送信する',
    next: '次へ',
    back: '戻る',
    skip: 'スキップ',
    kept: 'この端末に保存しました。接続できしだい送信します。',
    notSent: 'まだ送信できていません。もう一度お試しください。',
    retry: 'もう一度送信する',
    required: 'お手数ですが、ご回答をお願いします。',
    optional: '任意',
    left: 'あと{n}文字',
  },
  thanks: 'ご回答ありがとうございました',
  comment: 'ご自由にお書きください',
  npsEnds: ['まったく薦めたくない', 'ぜひ薦めたい'],
  cesEnds: ['まったくそう思わない', 'とてもそう思う'],
  csatSteps: ['とても不満', '不満', 'どちらともいえない', '満足', 'とても満足'],
  gcrSteps: ['はい', '一部だけ', 'いいえ'],
  other: 'その他',
}
