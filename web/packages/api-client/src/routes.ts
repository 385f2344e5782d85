import type { paths } from './schema'

type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete'

type Content<Answer> = Answer extends { content: { 'application/json': infer Json } } ? Json : undefined
type Answer<Operation> = Operation extends { responses: infer All }
  ? All extends { 200: infer Shown }
    ? Content<Shown>
    : All extends { 201: infer Made }
      ? Content<Made>
      : undefined
  : undefined
type Asked<Operation> = Operation extends { parameters: { query?: infer Filter } }
  ? [Filter] extends [never]
    ? undefined
    : Filter
  : undefined
type Sent<Operation> = Operation extends { requestBody: { content: infer Body } }
  ? Body extends { 'application/json': infer Json }
    ? Json
    : string
  : undefined

interface Route<Operation> {
  query: Asked<Operation>
  body: Sent<Operation>
  out: Answer<Operation>
}

type OfPath<Path extends keyof paths> = Path extends `/api${infer Rest}`
  ? { [V in Verb as paths[Path][V] extends object ? `${Uppercase<V>} ${Rest}` : never]: Route<paths[Path][V]> }
  : never
type Together<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void ? All : never

/** Every route of the API document as "GET /people/{id}", with what it takes and gives. */
export type Routes = Together<{ [Path in keyof paths]: OfPath<Path> }[keyof paths]>
export type RouteName = keyof Routes & string
export type Query<Name extends RouteName> = Routes[Name]['query']
export type Body<Name extends RouteName> = Routes[Name]['body']
export type Out<Name extends RouteName> = Routes[Name]['out']
