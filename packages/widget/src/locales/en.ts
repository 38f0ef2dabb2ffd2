import type { LocaleTexts } from './locale-texts.ts'

export const en: LocaleTexts = {
  dir: 'ltr',
  ui: {
    close: 'Close',
    send: 'Send',
    next: 'Next',
    back: 'Back',
    skip: 'Skip',
    kept: 'It is saved on this device and will be sent as soon as possible.',
    notSent: 'Your answer has not been sent yet. Please try again.',
    retry: 'Try again',
    required: 'Please answer this question to continue.',
    optional: 'Optional',
    left: '{n} characters left',
  },
  thanks: 'Thank you for your feedback',
  comment: 'Tell us in your own words',
  npsEnds: ['Not at all likely', 'Extremely likely'],
  cesEnds: ['Strongly disagree', 'Strongly agree'],
  csatSteps: ['Very dissatisfied', 'Dissatisfied', 'Neither', 'Satisfied', 'Very satisfied'],
  gcrSteps: ['Yes', 'Partly', 'No'],
  other: 'Something else',
}
