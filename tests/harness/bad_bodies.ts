// Every way in which a body can break its schema, one at a time.
import { resolved, type Schema } from './document.ts'

export interface BadBody {
  what: string
  body: unknown
  /** Where the answer has to say that the fault is. */
  path: string
}

export function bad_bodies(schema: Schema): BadBody[] {
  const object = resolved(schema)
  const fields = Object.entries(object.properties ?? {})
  const is_asked_for = (name: string) => resolved(object.properties?.[name] ?? {}).type !== 'array' // a list that is left out is empty
  return [
    { what: 'an unknown field', body: { no_such_field: 1 }, path: '/no_such_field' },
    ...(object.required ?? []).filter(is_asked_for).map((name) => ({ what: `no ${name}`, body: {}, path: `/${name}` })),
    ...fields.flatMap(([name, field]) =>
      bad_values(field).map(({ what, value }) => ({ what: `${name}: ${what}`, body: { [name]: value }, path: `/${name}` })),
    ),
  ]
}

export function bad_values(schema: Schema): { what: string; value: unknown }[] {
  const told = resolved(schema)
  if (told.enum)
    return [
      { what: 'not of the list', value: 'no-such-word' },
      { what: 'a number instead of a word', value: 7 },
    ]
  if (told.type === 'boolean') return [{ what: 'a text instead of yes or no', value: 'perhaps' }]
  if (told.type === 'integer' || told.type === 'number')
    return [{ what: 'a text instead of a number', value: 'many' }, ...numbers_beyond(told)]
  if (told.type === 'array') return [{ what: 'a number instead of a list', value: 7 }]
  if (told.type === 'object') return [{ what: 'a number instead of an object', value: 7 }]
  if (told.type === 'string') return [{ what: 'an object instead of a text', value: { a: 1 } }, ...texts_beyond(told)]
  return []
}

function numbers_beyond({ type, minimum, maximum }: Schema): { what: string; value: number }[] {
  return [
    ...(type === 'integer' ? [{ what: 'a fraction', value: 1.5 }] : []),
    ...(minimum === undefined ? [] : [{ what: 'too small', value: minimum - 1 }]),
    ...(maximum === undefined ? [] : [{ what: 'too great', value: maximum + 1 }]),
  ]
}

/** Chinese ones count as one each, unless so many of them would be more than the megabyte that a body may have. */
const letter_for = (count: number) => (count < 300_000 ? '长' : 'x')

function texts_beyond({ minLength, maxLength, pattern }: Schema): { what: string; value: string }[] {
  return [
    ...(minLength ? [{ what: 'too short', value: '' }] : []),
    ...(maxLength === undefined ? [] : [{ what: 'too long', value: letter_for(maxLength).repeat(maxLength + 1) }]),
    ...(pattern === undefined ? [] : [{ what: 'not of the pattern', value: '\u0001?' }]),
  ]
}
