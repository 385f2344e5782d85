// Drafts handed in as files of other programs, and quizzes that nobody comes back to: from the beginning to the entry of the ledger.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { make_bank, make_quiz_course, rubric } from '../harness/coursework.ts'
import type { Draft } from '../harness/courses.ts'
import { eventually } from '../harness/eventually.ts'
import { download } from '../harness/imports.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
let course: Draft
let zhao: { leader: Visitor; leader_id: string }
let sun: { leader: Visitor; leader_id: string }
beforeAll(async () => {
  county = await make_county({ name: 'coursework-ends' })
  const { server, official, root, east, west } = county
  course = await make_quiz_course(official, root, await make_bank(official, root))
  zhao = await add_staff(server, official, east.id, 'teacher', '赵老师')
  sun = await add_staff(server, official, west.id, 'teacher', '孙老师')
})
afterAll(() => county?.server.stop())

const entries_of = async (person: string, kind: string) =>
  (await county.official.call('GET /entries', { query: { about: person, kind: [kind] } })).items

/** A page of one line, as any program could have written it. */
function pdf_of(words: string): Buffer {
  const content = `BT /F1 12 Tf 72 720 Td (${words}) Tj ET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  const offsets: number[] = []
  let text = '%PDF-1.4\n'
  for (const [i, object] of objects.entries()) {
    offsets.push(text.length)
    text += `${i + 1} 0 obj\n${object}\nendobj\n`
  }
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}`
  return Buffer.from(`${text}${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`)
}

test('a PDF is read, compared, opened again as it came, and passes', async () => {
  const { official } = county
  const { id } = await official.call('POST /courses/{id}/assignments', { path: { id: course.id }, body: { ...rubric, peers: 0 } })
  const words = 'Every Friday afternoon the families of class one read together and tell each other what they liked'
  const source = await sun.leader.call('POST /assignments/{id}/drafts', { path: { id }, body: { text: `${words}.` } })
  const bytes = pdf_of(words)

  const sent = await zhao.leader.send('POST', `/api/assignments/${id}/draft-files?file_name=${encodeURIComponent('方案.pdf')}`, {
    body: bytes,
  })

  expect(sent.json, sent.text).toMatchObject({ rounds: [{ number: 1, file_name: '方案.pdf', has_file: true }] })
  const path = { id: sent.json.id as string, number: 1 }
  const found = await official.call('GET /submissions/{id}/rounds/{number}/originality', { path })
  expect(found.like).toMatchObject([{ submission: source.id, name: '孙老师' }])
  expect(found.share).toBeGreaterThan(90)
  expect(await download(official, `/api/submissions/${path.id}/rounds/1/file`)).toEqual(bytes)
  await official.call('PUT /submissions/{id}/decision', {
    path: { id: path.id },
    body: { decision: 'accepted', comment: '' },
  })
  expect((await entries_of(zhao.leader_id, 'summary.accepted')).map(({ source }) => source)).toContain(
    `coursework:submission:${path.id}:1`,
  )
})

test('a quiz whose learner does not come back ends by itself when its time is up', async () => {
  const { leader } = zhao
  const id = course.sections[0]!.units[0]!.id
  const attempt = await leader.call('POST /units/{id}/quiz-attempts', { path: { id } })
  expect(attempt.finished_at).toBeUndefined()

  await county.server.database.execute(`UPDATE quiz_attempts SET deadline_at = started_at + 1, started_at = started_at - 60000`)
  await county.server.database.execute(`UPDATE quiz_attempts SET deadline_at = deadline_at - 30000`)
  await county.server.restart() // it looks at once when it starts, and every minute

  await eventually(async () => (await leader.call('GET /units/{id}/quiz', { path: { id } })).attempts[0]!.finished_at !== undefined)
  expect((await leader.call('GET /units/{id}/quiz', { path: { id } })).attempts).toMatchObject([{ right: 0, is_passed: false }])
})
