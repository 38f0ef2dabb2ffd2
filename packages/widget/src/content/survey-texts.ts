/// <reference lib="esnext.intl" />
import type {
  Appearance,
  LocalizedText,
  PanelAppearance,
  Question,
  QuestionTexts,
  ScaleLabels,
  SurveyDefinition,
  SurveyTexts,
  UiTexts,
} from '@heed/contract'
import { isLong } from '@heed/targeting'
import { type LocaleTexts, visitorTexts } from '../locales/index.ts'
import { accentColors } from './accent-colors.ts'
import { branchTable } from './branch-table.ts'
import { ownCardColors } from './card-colors.ts'

/** One survey in one language, as the panel draws it: the survey's own words over the built-in ones. */
export function surveyTexts(
  id: string,
  version: number,
  definition: SurveyDefinition,
  locale: string,
): SurveyTexts {
  const builtIn = visitorTexts(locale)
  const fallback = definition.locales[0] ?? 'en'
  const say = (text: LocalizedText) => text[locale] ?? text[fallback] ?? Object.values(text)[0] ?? ''
  const { layout, teaser, snooze } = definition.display
  const button = buttonWords(definition.display, builtIn, say)
  return {
    id,
    version,
    locale,
    // Not the built-in texts' direction: a language without built-in texts borrows English ones.
    dir: new Intl.Locale(locale).getTextInfo().direction === 'rtl' ? 'rtl' : 'ltr',
    appearance: panelAppearance(definition.display.appearance ?? {}),
    questions: definition.questions.map((question) => {
      const next = branchTable(definition.questions, question)
      return { ...questionTexts(question, builtIn, say), ...(next && { next }) }
    }),
    ending: definition.ending ? say(definition.ending.text) : builtIn.thanks,
    ui: uiTexts(definition, builtIn.ui),
    ...(layout === 'page' && { layout }),
    ...(teaser && { teaser: say(teaser) }),
    ...(button !== undefined && { button }),
    ...(snooze && { snooze }),
  }
}

/** Colours worked out for both modes; the card's only where the survey has its own. */
function panelAppearance(appearance: Appearance): PanelAppearance {
  const { mode, radius, font, density, shadow, logo } = appearance
  const lightCard = ownCardColors(appearance, false)
  const darkCard = ownCardColors(appearance, true)
  return {
    ...(mode && { mode }),
    ...(radius !== undefined && { radius }),
    ...(font && { font }),
    ...(density && { density }),
    ...(shadow && { shadow }),
    ...(logo && { logo }),
    light: accentColors(appearance, false),
    dark: accentColors(appearance, true),
    ...(lightCard && { lightCard }),
    ...(darkCard && { darkCard }),
  }
}

/** What every survey may need, and of the rest what this one can. */
function uiTexts(
  { display, questions }: Pick<SurveyDefinition, 'display' | 'questions'>,
  { over, tooFew, tooMany, email, progress, snooze, later, days90, never, ...always }: Required<UiTexts>,
): UiTexts {
  const asks = (isAsked: (question: Question) => boolean) => questions.some(isAsked)
  return {
    ...always,
    // Every text has a limit, its own or the default.
    ...(asks((question) => question.kind === 'text' || ('other' in question && question.other === true)) && {
      over,
    }),
    ...(asks((question) => question.kind === 'multiple' && (question.min ?? 0) > 0) && { tooFew }),
    ...(asks((question) => question.kind === 'multiple' && question.max !== undefined) && { tooMany }),
    ...(asks(({ kind }) => kind === 'email') && { email }),
    ...(isLong(questions) && display.layout !== 'page' && { progress }),
    ...(display.snooze && { snooze, later, days90, never }),
  }
}

/** None where the shop has an element of its own to open the form. */
function buttonWords(
  { kind, label, selector }: SurveyDefinition['display'],
  builtIn: LocaleTexts,
  say: (text: LocalizedText) => string,
): string | undefined {
  if (kind !== 'button' || selector !== undefined) return undefined
  return label ? say(label) : builtIn.feedback
}

function questionTexts(
  question: Question,
  builtIn: LocaleTexts,
  say: (text: LocalizedText) => string,
): QuestionTexts {
  const { key, kind, text, hint, required } = question
  const base: QuestionTexts = {
    key,
    kind,
    text: say(text),
    ...(hint && { hint: say(hint) }),
    ...(required && { required }),
  }
  switch (question.kind) {
    case 'nps':
      return { ...base, labels: ends(question.labels, builtIn.npsEnds, say) }
    case 'ces':
      return { ...base, labels: ends(question.labels, builtIn.cesEnds, say) }
    case 'csat': {
      const { labels, style } = question
      const [low, , , , high] = builtIn.csatSteps
      return {
        ...base,
        ...(labels && { labels: ends(labels, [low, high], say) }),
        ...(style && { style }),
        options: builtIn.csatSteps.map((step, index) => ({ key: String(index + 1), text: step })),
      }
    }
    case 'rating':
      return {
        ...base,
        labels: ends(question.labels, builtIn.ratingEnds, say),
        ...(question.style && { style: question.style }),
        scale: question.scale ?? 5,
      }
    case 'gcr':
      return { ...base, options: named(['yes', 'partly', 'no'], builtIn.gcrSteps) }
    case 'thumbs':
      return { ...base, options: named(['up', 'down'], builtIn.thumbs) }
    case 'single':
    case 'multiple':
      return {
        ...base,
        options: question.options.map((option) => ({ key: option.key, text: say(option.text) })),
        ...(question.other && { other: builtIn.other }),
        ...(question.shuffle && { shuffle: true }),
        ...('min' in question && question.min !== undefined && { min: question.min }),
        ...('max' in question && question.max !== undefined && { max: question.max }),
      }
    case 'text':
      return {
        ...base,
        ...(question.maxLength !== undefined && { maxLength: question.maxLength }),
        ...(question.multiline === false && { multiline: false }),
        placeholder: question.placeholder ? say(question.placeholder) : builtIn.comment,
        ...(question.screenshot && { screenshot: builtIn.screenshot }),
      }
    case 'email':
      return {
        ...base,
        placeholder: question.placeholder ? say(question.placeholder) : builtIn.emailPlaceholder,
      }
    case 'link':
      return { ...base, url: question.url, label: question.label ? say(question.label) : builtIn.open }
    case 'consent':
    case 'message':
      return base
  }
}

/** The survey's wording of a scale's ends; the built-in one for an end it does not word. */
function ends(
  labels: ScaleLabels | undefined,
  [low, high]: [low: string, high: string],
  say: (text: LocalizedText) => string,
): [low: string, high: string] {
  return [labels?.low ? say(labels.low) : low, labels?.high ? say(labels.high) : high]
}

const named = (keys: readonly string[], texts: readonly string[]) =>
  keys.map((key, index) => ({ key, text: texts[index] ?? key }))
