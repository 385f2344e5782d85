// The API document as tests walk it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './server.ts'

export interface Schema {
  $ref?: string
  type?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  enum?: string[]
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
}

export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required: boolean
  schema: Schema
}

export interface Operation {
  /** "POST /api/students/{id}/carers" */
  route: string
  method: string
  path: string
  permission: string
  /** Asks for a fresh proof of who one is. */
  step_up: boolean
  parameters: Parameter[]
  /** Of the JSON body; undefined when the route takes none. */
  body: Schema | undefined
  takes_file: boolean
}

const document = JSON.parse(readFileSync(join(root, 'api/openapi.json'), 'utf8'))

export const operations: Operation[] = Object.entries<Record<string, any>>(document.paths).flatMap(([path, verbs]) =>
  Object.entries(verbs).map(([verb, told]) => ({
    route: `${verb.toUpperCase()} ${path}`,
    method: verb.toUpperCase(),
    path,
    permission: told['x-permission'],
    step_up: told['x-step-up'] === true,
    parameters: told.parameters ?? [],
    body: told.requestBody?.content['application/json']?.schema,
    takes_file: told.requestBody !== undefined && told.requestBody.content['application/json'] === undefined,
  })),
)

/** The schema itself, where it is only named. */
export function resolved(schema: Schema): Schema {
  return schema.$ref ? document.components.schemas[schema.$ref.replace('#/components/schemas/', '')] : schema
}

/** A path whose {names} are filled with an id that nothing has. */
export function path_to_nothing(operation: Operation): string {
  return operation.path.replace(/\{\w+\}/g, '1')
}
