import type { CourseDraft, CourseInput, CourseMedia, UnitDraft } from '@concentric/api-client'

/** A lesson while it is edited; `key` stays when the server gives it another id. */
export interface EditedUnit {
  key: number
  id?: string
  title: string
  kind: UnitDraft['kind']
  is_required: boolean
  media?: CourseMedia
  subtitles?: CourseMedia
  body: string
  minutes?: number
  share: number
}
export interface EditedCourse {
  title: string
  line: CourseDraft['line']
  is_compulsory: boolean
  summary: string
  topics: CourseDraft['topics']
  cover?: CourseMedia
  sections: { title: string; units: EditedUnit[] }[]
}

let keys = 0
export function new_unit(kind: UnitDraft['kind'], title: string): EditedUnit {
  return { key: ++keys, title, kind, is_required: true, body: '', share: kind === 'text' || kind === 'document' ? 100 : 90, ...(kind === 'document' ? { minutes: 5 } : {}) }
}

export function edited_of(draft: CourseDraft): EditedCourse {
  const unit_of = (unit: UnitDraft): EditedUnit => ({
    key: ++keys,
    id: unit.id,
    title: unit.title,
    kind: unit.kind,
    is_required: unit.is_required,
    ...(unit.media ? { media: unit.media } : {}),
    ...(unit.subtitles ? { subtitles: unit.subtitles } : {}),
    body: unit.body,
    ...(unit.kind === 'document' || (unit.kind === 'text' && unit.seconds % 60 === 0 && unit.seconds > 0) ? { minutes: unit.seconds / 60 } : {}),
    share: unit.share,
  })
  return {
    title: draft.title,
    line: draft.line,
    is_compulsory: draft.is_compulsory,
    summary: draft.summary,
    topics: draft.topics,
    ...(draft.cover ? { cover: draft.cover } : {}),
    sections: draft.sections.map((section) => ({ title: section.title, units: section.units.map(unit_of) })),
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
        ...(unit.minutes ? { minutes: unit.minutes } : {}),
      })),
    })),
  } as CourseInput
}

/** Moves one item of a list by one place; at the ends it stays. */
export function move<T>(list: T[], index: number, by: -1 | 1) {
  const other = index + by
  if (other < 0 || other >= list.length) return
  const [item] = list.splice(index, 1)
  list.splice(other, 0, item!)
}
