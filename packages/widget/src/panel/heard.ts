// What a page may say to the panel. It is the owner's page, but also everything else that runs in it: what has not the shape of
// a message is none.

import { opened, type Place, type ToFrame } from '../shared/messages.ts'

export function heardFromPage(data: unknown): ToFrame | undefined {
  const message = opened<ToFrame>(data)
  return message !== undefined && isWhole(message) ? message : undefined
}

function isWhole(message: ToFrame): boolean {
  switch (message.kind) {
    case 'hello':
      return (
        isPlace(message.page) &&
        isTextOrNone(message.device) &&
        isTextOrNone(message.identity) &&
        isTextOrNone(message.language) &&
        (message.attributes === undefined || isObject(message.attributes))
      )
    case 'open':
    case 'close':
      return true
    case 'identity':
      return message.token === null || isText(message.token)
    case 'attributes':
      return isObject(message.attributes)
    case 'page':
      return isPlace(message.page)
    default:
      return false
  }
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isTextOrNone = (value: unknown) => value === undefined || isText(value)
const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function isPlace(value: unknown): value is Place {
  if (!isObject(value)) return false
  const { url, title, referrer } = value as Partial<Place>
  return isText(url) && isText(title) && isText(referrer)
}
