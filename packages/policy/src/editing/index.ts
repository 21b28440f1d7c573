// The front door for editors: the text of a document edited, and its schema. Kept apart from checking, which needs the whole
// engine: a page in a browser leaves that to the server.

export {
  EditInvalid,
  type EditPath,
  editPolicy,
  meaningOf,
  type PolicyEdit,
} from '../document/edit.ts'
export { policySchema, type Schema } from '../document/schema.ts'
