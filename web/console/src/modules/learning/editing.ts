import type { CourseDraft, CourseInput, CourseMedia, QuizSettings, UnitDraft } from '@concentric/api-client'

/** A lesson while it is edited; `key` stays when the server gives it another id. */
export interface EditedUnit {
  key: number
  id?: string
  title: string
  kind: UnitDraft['kind']
  is_required: boolean
  media: CourseMedia | undefined
  subtitles: CourseMedia | undefined
  body: string
  quiz: QuizSettings | undefined
  minutes: number | undefined
  share: number
}
export interface EditedCourse {
  title: string
  line: CourseDraft['line']
  is_compulsory: boolean
  summary: string
  topics: CourseDraft['topics']
  cover: CourseMedia | undefined
  sections: { title: string; units: EditedUnit[] }[]
}

const new_quiz = (): QuizSettings => ({ draws: [], minutes: 20, attempts: 3, pass_share: 60, is_shuffled: true })

let keys = 0
export function new_unit(kind: UnitDraft['kind'], title: string): EditedUnit {
  const shares = { package: 60, text: 100, document: 100 } as Partial<Record<UnitDraft['kind'], number>>
  return {
    key: ++keys,
    title,
    kind,
    is_required: true,
    media: undefined,
    subtitles: undefined,
    body: '',
    quiz: kind === 'quiz' ? new_quiz() : undefined,
    minutes: kind === 'document' ? 5 : kind === 'package' ? 10 : undefined,
    share: shares[kind] ?? 90,
  }
}

/** Seconds that reading takes unless the author says otherwise, as the server reckons them. */
const usual_seconds = (text: string) => Math.max(30, Math.floor([...text].length / 5))

/** The draft as it is edited; lessons keep the keys that they had `before`, so that what is open stays open. */
export function edited_of(draft: CourseDraft, before?: EditedCourse): EditedCourse {
  const unit_of = (unit: UnitDraft, known: EditedUnit | undefined): EditedUnit => ({
    key: known?.key ?? ++keys,
    id: unit.id,
    title: unit.title,
    kind: unit.kind,
    is_required: unit.is_required,
    media: unit.media,
    subtitles: unit.subtitles,
    body: unit.body,
    quiz: unit.quiz,
    minutes:
      unit.kind === 'document' || unit.kind === 'package' || (unit.kind === 'text' && unit.seconds !== usual_seconds(unit.body))
        ? unit.seconds / 60
        : undefined,
    share: unit.share,
  })
  return {
    title: draft.title,
    line: draft.line,
    is_compulsory: draft.is_compulsory,
    summary: draft.summary,
    topics: draft.topics,
    cover: draft.cover,
    sections: draft.sections.map((section, s) => ({
      title: section.title,
      units: section.units.map((unit, u) => unit_of(unit, before?.sections[s]?.units[u])),
    })),
  }
}

export function input_of(course: EditedCourse): CourseInput {
  return {
    title: course.title,
    line: course.line,
    is_compulsory: course.is_compulsory,
    summary: course.summary,
    topics: course.topics,
    ...(course.cover ? { cover: course.cover.id } : {}),
    sections: course.sections.map((section) => ({
      title: section.title,
      units: section.units.map((unit) => ({
        ...(unit.id ? { id: unit.id } : {}),
        title: unit.title,
        kind: unit.kind,
        is_required: unit.is_required,
        share: unit.share,
        ...(unit.media ? { media: unit.media.id } : {}),
        ...(unit.subtitles ? { subtitles: unit.subtitles.id } : {}),
        ...(unit.kind === 'text' ? { body: unit.body } : {}),
        ...(unit.quiz ? { quiz: unit.quiz } : {}),
        ...(unit.minutes ? { minutes: unit.minutes } : {}),
      })),
    })),
  } as CourseInput
}

/** Whether the server knows this lesson with the file that it has here: one may have come after the course was saved. */
export const has_saved_file = (saved: CourseDraft, unit: EditedUnit): boolean =>
  saved.sections.some(({ units }) => units.some(({ id, media }) => id === unit.id && media?.id === unit.media?.id))

/** Moves one item of a list by one place; at the ends it stays. */
export function move<T>(list: T[], index: number, by: -1 | 1) {
  const other = index + by
  if (other < 0 || other >= list.length) return
  const [item] = list.splice(index, 1)
  list.splice(other, 0, item!)
}
