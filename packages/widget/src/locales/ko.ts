import type { LocaleTexts } from './locale-texts.ts'

export const ko: LocaleTexts = {
  dir: 'ltr',
  ui: {
    close: '닫기',
    send: '보내기',
    next: '다음',
    back: '이전',
    skip: '건너뛰기',
    kept: '이 기기에 저장해 두었어요. 연결되는 대로 보내 드릴게요.',
    notSent: '아직 답변을 보내지 못했어요. 다시 시도해 주세요.',
    retry: '다시 보내기',
    required: '답변을 남겨 주시면 다음으로 넘어갈 수 있어요.',
    optional: '선택',
    left: '{n}자 더 쓸 수 있어요',
  },
  thanks: '소중한 의견 감사합니다',
  comment: '편하게 적어 주세요',
  npsEnds: ['전혀 추천하지 않음', '적극 추천함'],
  cesEnds: ['전혀 그렇지 않다', '매우 그렇다'],
  csatSteps: ['매우 불만족', '불만족', '보통', '만족', '매우 만족'],
  gcrSteps: ['네', '일부만', '아니요'],
  other: '기타(직접 입력)',
}
