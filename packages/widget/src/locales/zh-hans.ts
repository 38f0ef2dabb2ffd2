import type { LocaleTexts } from './locale-texts.ts'

export const zhHans: LocaleTexts = {
  dir: 'ltr',
  ui: {
    close: '关闭',
    send: '提交',
    next: '下一步',
    back: '上一步',
    skip: '跳过',
    kept: '已保存在本设备上，连接恢复后会自动提交。',
    notSent: '暂时没有提交成功，请再试一次。',
    retry: '重新提交',
    required: '请先回答这个问题。',
    optional: '选填',
    left: '还可以输入 {n} 个字',
  },
  thanks: '感谢您的反馈',
  comment: '欢迎写下您的想法',
  npsEnds: ['完全不会推荐', '非常愿意推荐'],
  cesEnds: ['非常不同意', '非常同意'],
  csatSteps: ['非常不满意', '不满意', '一般', '满意', '非常满意'],
  gcrSteps: ['是的', '只有一部分', '没有'],
  other: '其他',
}
