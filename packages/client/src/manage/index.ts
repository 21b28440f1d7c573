// `@sayso/client/manage`: every operation of `/api/v1` as a typed call.

export {
  type AnswerOf,
  type Asked,
  type Manage,
  type ManageOptions,
  manage,
  type Operation,
  type RequestOf,
} from './manage.ts'
export type * as Shapes from './shapes.ts'
