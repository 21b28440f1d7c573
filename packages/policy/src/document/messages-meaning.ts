// Checks attribute declarations and the forms of messages: what each says of a kind must make sense for that kind.

import { isAttributeType, isOfType, RESERVED_ATTRIBUTES } from '../attributes.ts'
import type { AttributeValue } from '../names.ts'
import { quote } from '../quote.ts'
import { fieldOf, fieldsOf, itemsOf, type NamedPlace, type Place, textOf } from './place.ts'
import type { Problems } from './problems.ts'

/** Reports what is wrong with declared attributes and messages, wherever they are declared. */
export function checkForms(root: Place, problems: Problems): void {
  const types = fieldsOf(fieldOf(root, 'types'))
  for (const declaring of [fieldOf(root, 'people'), fieldOf(root, 'tenant'), ...types]) {
    checkDeclared(fieldOf(declaring, 'attributes'), problems)
  }
  checkPersonFields(fieldOf(root, 'people'), problems)
  for (const type of types) {
    for (const message of fieldsOf(fieldOf(type, 'messages'))) {
      for (const field of fieldsOf(fieldOf(message, 'fields'))) checkField(field, problems)
    }
  }
}

function checkDeclared(attributes: Place | undefined, problems: Problems): void {
  for (const { key, keyAt, path } of fieldsOf(attributes)) {
    if (!RESERVED_ATTRIBUTES.includes(key)) continue
    problems.add(keyAt, path, `${quote(key)} is set by the system`, 'use another name')
  }
}

const FITS: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  bool: (value) => typeof value === 'boolean',
  int: (value) => Number.isSafeInteger(value),
  number: (value) => typeof value === 'number',
  any: () => true,
}

/** Each field is of a declared attribute, and its values are of that type. */
function checkPersonFields(people: Place | undefined, problems: Problems): void {
  const attributes = fieldOf(people, 'attributes')
  for (const field of fieldsOf(fieldOf(people, 'fields'))) {
    const type = textOf(fieldOf(attributes, field.key))
    if (type === undefined) {
      const message = `${quote(field.key)} is not a declared attribute of people`
      problems.add(field.keyAt, field.path, message, 'declare it under `people.attributes`')
    } else if (isAttributeType(type)) {
      checkValues(field, problems, (value) => isOfType(type, value as AttributeValue), type)
    }
  }
}

function checkValues(
  field: Place,
  problems: Problems,
  fits: (value: unknown) => boolean,
  type: string,
): void {
  for (const item of itemsOf(fieldOf(field, 'one_of'))) {
    if (item.tree.kind !== 'value' || fits(item.tree.value)) continue
    const message = `${quote(JSON.stringify(item.tree.value))} is no ${quote(type)}`
    problems.add(item.at, item.path, message, 'list values of the type of the field')
  }
}

function checkField(field: NamedPlace, problems: Problems): void {
  const type = textOf(fieldOf(field, 'type'))
  if (type === undefined) return
  const [length, items] = [fieldOf(field, 'max_length'), fieldOf(field, 'items')]
  if (length && type !== 'string' && type !== 'list') {
    const message = `${quote(type)} has no length`
    problems.add(length.keyAt, length.path, message, 'give it to a `string` or a `list`')
  }
  if (items && type !== 'list') {
    const message = `${quote(type)} has no items`
    problems.add(items.keyAt, items.path, message, 'give them to a `list`')
  }
  checkValues(field, problems, FITS[type] ?? (() => false), type)
}
