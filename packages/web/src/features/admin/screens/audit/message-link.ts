// Which message is meant: by a link of the chat pages, or by the target of a line. Pure.

export type MessageNamed = {
  /** Of the channel, or its key in the chat pages. */
  readonly name: string
  readonly serial: string
}

const TARGET = /^(.+)\/(\d{14}-\d{3}@[A-Za-z0-9_-]{1,32}:\d{3})$/

/** `chat:general/<serial>` */
export function messageOf(target: string): MessageNamed | undefined {
  const [, name, serial] = TARGET.exec(target) ?? []
  return name === undefined || serial === undefined ? undefined : { name, serial }
}

/** A link as *Copy link* gives it, or a target pasted as it is. */
export function linkedMessage(text: string): MessageNamed | undefined {
  const said = text.trim()
  if (!URL.canParse(said) || !/^https?:/.test(said)) return messageOf(said)
  const { pathname, searchParams } = new URL(said)
  const [, name] = /^\/chat\/([^/]+)\/?$/.exec(pathname) ?? []
  const serial = searchParams.get('at') ?? searchParams.get('thread')
  return name === undefined || serial === null
    ? undefined
    : { name: decodeURIComponent(name), serial }
}
