import type { AnswerValue, Question } from '@heed/contract'

/** The key of an option. */
type OptionKey<One> = One extends { options: { key: infer Key }[] } ? Key : never

type Other<One> = One extends { other: true } ? { other: string } : never

/** The value that a question is answered with; never for what is not answered. */
type AnswerTo<One> = One extends { kind: 'nps' }
  ? 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10
  : One extends { kind: 'csat' }
    ? 1 | 2 | 3 | 4 | 5
    : One extends { kind: 'ces' }
      ? 1 | 2 | 3 | 4 | 5 | 6 | 7
      : One extends { kind: 'rating' }
        ? number
        : One extends { kind: 'gcr' }
          ? 'yes' | 'partly' | 'no'
          : One extends { kind: 'thumbs' }
            ? 'up' | 'down'
            : One extends { kind: 'single' }
              ? OptionKey<One> | Other<One>
              : One extends { kind: 'multiple' }
                ?
                    | OptionKey<One>[]
                    | (Other<One> extends never ? never : { keys: OptionKey<One>[]; other: string })
                : One extends { kind: 'text' | 'email' }
                  ? string
                  : One extends { kind: 'consent' }
                    ? boolean
                    : never

type Unanswered = 'link' | 'message'

/**
 * What a survey can be answered with, by question key: `Answers<typeof survey>` of a `defineSurvey()`. Every member is
 * optional, as a visitor may skip a question or never reach it.
 */
export type Answers<Survey extends { questions: Question[] }> = Question[] extends Survey['questions']
  ? Record<string, AnswerValue>
  : {
      [One in Survey['questions'][number] as One['kind'] extends Unanswered
        ? never
        : One['key']]?: AnswerTo<One>
    }
