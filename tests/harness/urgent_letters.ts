// An urgent letter in people's inboxes, due to be told outside at once: as a sender writes it, without the two minutes.
import type { County } from './county.ts'

let letters = 0

/** Gives the letter's id. */
export async function tell_urgently(county: County, people: string[], title: string, office = county.east.id): Promise<string> {
  const id = `${9_000_000_000_000_000 + ++letters}`
  const execute = (statement: string) => county.server.database.execute(statement)
  await execute(
    `INSERT INTO inbox_letters (county, id, kind, title_zh, title_en, body_zh, body_en, link, is_urgent, withdrawn_at, office) ` +
      `VALUES (360100, ${id}, 'notice', '${title}', '', '今天下午停课。', '', '/inbox', TRUE, 0, ${office})`,
  )
  const rows = (row: (person: string) => string) => people.map(row).join(', ')
  await execute(
    'INSERT INTO inbox_items (county, person, id, letter, at, read_at) VALUES ' +
      rows((person) => `(360100, ${person}, ${id}, ${id}, ${Date.now()}, 0)`),
  )
  // All at once, as a sender does: the server's own half minute may be over at any time.
  await execute(
    'INSERT INTO deliveries (county, letter, person, step, attempts, sent, due_at, since, is_over) VALUES ' +
      rows((person) => `(360100, ${id}, ${person}, 0, 0, 0, 0, ${Date.now()}, FALSE)`),
  )
  await look_now(county)
  return id
}

/** What is due is looked for every half minute; now it is that time. */
export const look_now = (county: County) =>
  county.server.database.execute("UPDATE jobs SET run_at = 0 WHERE kind = 'delivery' AND state = 'waiting'")

/** As if the quarter of an hour had gone by, or the minutes until it is tried again. */
export async function later(county: County): Promise<void> {
  await county.server.database.execute('UPDATE deliveries SET due_at = 0 WHERE NOT is_over')
  await county.server.database.execute('UPDATE short_messages SET created_at = created_at - 300000')
  await look_now(county)
}
