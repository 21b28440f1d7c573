// The desk's calls of the API, by name, as the server's table of routes types them. Same origin, session cookie.

import { type AnswerOf, manage, type RequestOf } from '@sayso/client/manage'
import { named } from '../model/names.ts'
import type { InboxView, Operator, Status } from '../model/shapes.ts'

type ListQuery = NonNullable<RequestOf<'listConversations'>['query']>

/** How a list is looked at. Absent members narrow nothing. */
export type InboxQuery = Omit<ListQuery, 'view'> & { readonly view: InboxView }

/** Somebody on the owner's site now. */
export type VisitorOnSite = AnswerOf<'listVisitors'>['items'][number]

/** What is known of a visitor; `context` is what the owner's server says. */
export type VisitorDetails = AnswerOf<'readVisitor'>

export type Widget = AnswerOf<'readWidget'>
export type WidgetBody = NonNullable<RequestOf<'putWidget'>['body']>
export type DeskReport = AnswerOf<'readDeskReport'>
export type ClosingRule = RequestOf<'setClosingRule'>['body']

/** Every call rejects with `ApiError`; status 0 means that the server was not reached. */
export type DeskCalls = ReturnType<typeof deskCalls>

export type Verb = 'claim' | 'release' | 'join' | 'watch' | 'leave'
type SaidReply = RequestOf<'putReply'>['body']

const { call, hrefOf } = manage()

export function deskCalls() {
  return {
    ...ofConversations(),
    ...ofActs(),
    ...ofTheDesk(),
    ...ofReplies(),
    ...ofVisitors(),
    ...ofWidgets(),
  }
}

function ofConversations() {
  return {
    conversations: async (query: InboxQuery) => {
      const { items, ...page } = await call('listConversations', { query })
      return { ...page, items: items.map(named) }
    },
    /** All that was with one visitor, the latest first. */
    earlier: (tenant: string, visitor: string) =>
      call('listConversations', {
        query: { tenant, view: 'all', state: 'closed', visitor, limit: 20 },
      }),
    conversation: async (key: string) => named(await call('readConversation', { params: { key } })),
    open: (body: RequestOf<'openConversation'>['body']) => call('openConversation', { body }),
    mark: (key: string, body: RequestOf<'markConversation'>['body']) =>
      call('markConversation', { params: { key }, body }),
    transcriptHref: (key: string) =>
      hrefOf('readTranscript', { params: { key }, query: { format: 'text' } }),
  }
}

function ofActs() {
  return {
    act: (key: string, verb: Verb) => call(`${verb}Conversation`, { params: { key } }),
    assign: (key: string, operator: string) =>
      call('assignConversation', { params: { key }, body: { operator } }),
    transfer: (key: string, body: RequestOf<'transferConversation'>['body']) =>
      call('transferConversation', { params: { key }, body }),
    close: (key: string, body: RequestOf<'closeConversation'>['body']) =>
      call('closeConversation', { params: { key }, body }),
    snooze: (key: string, untilMs: number) =>
      call('snoozeConversation', { params: { key }, body: { untilMs } }),
    label: (key: string, labels: readonly string[]) =>
      call('labelConversation', { params: { key }, body: { labels: [...labels] } }),
  }
}

/** Whoever is not connected is not there, whatever they said last. */
function operatorOf(one: AnswerOf<'listOperators'>['operators'][number]): Operator {
  return one.isConnected ? one : { ...one, status: 'offline' }
}

function ofTheDesk() {
  return {
    me: (tenant: string) => call('readOwnDesk', { query: { tenant } }),
    setStatus: (tenant: string, status: Status) =>
      call('setOwnStatus', { query: { tenant }, body: { status } }),
    setClosing: (tenant: string, body: ClosingRule) =>
      call('setClosingRule', { query: { tenant }, body }),
    dropClosing: (tenant: string) => call('dropClosingRule', { query: { tenant } }),
    operators: async (tenant: string) => {
      const { operators } = await call('listOperators', { query: { tenant } })
      return { items: operators.map(operatorOf) }
    },
    setCapacity: (tenant: string, id: string, capacity: number) =>
      call('setCapacity', { params: { id }, query: { tenant }, body: { capacity } }),
    /** The tenants one has a desk in. */
    tenants: () => call('listOwnDesks', {}),
    /** Teams conversations may be handed to. */
    teams: (tenant: string) => call('listTeams', { query: { tenant } }),
    /** Roles on the tenant: what somebody may be from the start. */
    tenantRoles: async () =>
      (await call('listRoles', {})).items.filter(({ on }) => on === 'tenant'),
    invite: (body: RequestOf<'invite'>['body']) => call('invite', { body }),
    report: (query: { tenant: string; from: string; to: string; zone: string }) =>
      call('readDeskReport', { query }),
    now: (tenant: string) => call('readDeskNow', { query: { tenant } }),
  }
}

function ofReplies() {
  return {
    replies: (tenant: string) => call('listReplies', { query: { tenant } }),
    makeReply: (tenant: string, said: SaidReply) =>
      call('makeReply', { body: { ...said, tenant } }),
    putReply: (id: string, body: SaidReply) => call('putReply', { params: { id }, body }),
    dropReply: (id: string) => call('removeReply', { params: { id } }),
  }
}

function ofVisitors() {
  return {
    visitors: (tenant: string) => call('listVisitors', { query: { tenant, limit: 200 } }),
    visitor: (id: string) => call('readVisitor', { params: { id } }),
    /** Also from where they come, if that is wanted. */
    block: (id: string, body: { address?: boolean; reason?: string }) =>
      call('blockVisitor', { params: { id }, body }),
    unblock: (id: string) => call('unblockVisitor', { params: { id } }),
  }
}

function ofWidgets() {
  return {
    widgets: (tenant: string) => call('listWidgets', { query: { tenant, limit: 200 } }),
    widget: (id: string) => call('readWidget', { params: { id } }),
    makeWidget: (tenant: string, body: WidgetBody) =>
      call('makeWidget', { body: { ...body, tenant } }),
    putWidget: (id: string, version: number, body: WidgetBody) =>
      call('putWidget', { params: { id }, body, ifMatch: `"${version}"` }),
    dropWidget: (id: string) => call('removeWidget', { params: { id } }),
    makeWidgetKey: (id: string) => call('makeWidgetKey', { params: { id } }),
    dropWidgetKey: (id: string, key: string) => call('removeWidgetKey', { params: { id, key } }),
  }
}
