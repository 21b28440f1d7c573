import { describe, expect, test } from 'vitest'
import { house } from '../test/worlds.ts'
import { parsePermissionView, permissionViewName } from './channel-name.ts'
import type { PolicyDocument, ResourceTypeDocument } from './document-types.ts'
import type { ResourceId } from './names.ts'
import { channelOf, compilePolicy, knowsRole, resourceOf, roleView } from './policy.ts'

const policy = compilePolicy(house)
const team = policy.types.get('team')

const withType = (type: ResourceTypeDocument): PolicyDocument => ({
  ...house,
  types: { team: type },
})
const teamOf = (type: ResourceTypeDocument) => compilePolicy(withType(type)).types.get('team')

describe('roles', () => {
  test('[PO16] a role has its own actions and all it inherits, with the way it came', () => {
    expect([...(team?.roles.get('chair') ?? [])]).toEqual([
      ['kick', []],
      ['publish', ['speaker']],
      ['presence', ['speaker']],
      ['subscribe', ['speaker', 'listener']],
      ['history', ['speaker', 'listener']],
    ])
  })

  test('[PO16] an action is explained by the shortest way', () => {
    const actions = ['fly']
    const roles = {
      a: { extends: ['b', 'c'] },
      b: { extends: ['d'] },
      c: { can: ['fly'] },
      d: { can: ['fly'] },
    }
    expect(teamOf({ actions, roles })?.roles.get('a')?.get('fly')).toEqual(['c'])
  })

  test('[PO16] roles on the tenant inherit as well', () => {
    const boss = policy.types.get('team')?.tenantRoles.get('boss')
    expect([...(boss?.keys() ?? [])]).toEqual(team?.actions)
    expect([...(policy.types.get('note')?.tenantRoles.get('boss')?.keys() ?? [])]).toEqual([
      'history',
    ])
  })

  test('[PO17] `*` is every action of the type and no word of its own', () => {
    const signer = policy.types.get('note')?.roles.get('signer')
    expect([...(signer?.keys() ?? [])]).toEqual(['subscribe', 'history', 'sign'])
    expect(signer?.has('*')).toBe(false)
  })

  test('[PO22] a type knows which of its roles grant an action', () => {
    expect(team?.grantedBy.get('publish')).toEqual(['speaker', 'chair'])
  })

  test('[PO21] circles end, and unknown words grant nothing', () => {
    const roles = {
      a: { extends: ['b', 'toString'], can: ['fly', 'swim'] },
      b: { extends: ['a', 'constructor', 'ghost'], can: ['run'] },
    }
    const type = teamOf({ actions: ['fly', 'run'], roles })
    expect([...(type?.roles.get('a')?.keys() ?? [])]).toEqual(['fly', 'run'])
    expect([...(type?.roles.get('b')?.keys() ?? [])]).toEqual(['run', 'fly'])
    expect(knowsRole(policy, 'toString', 'team:lobby' as ResourceId)).toBe(false)
    expect(knowsRole(policy, 'x', 'constructor:lobby' as ResourceId)).toBe(false)
  })

  test('[PO20] a role is shown as the document says, by its name otherwise', () => {
    const lobby = 'team:lobby' as ResourceId
    expect(roleView(policy, 'chair', lobby)).toEqual({ role: 'chair', on: lobby, title: 'Chair' })
    expect(roleView(policy, 'boss', policy.tenant)).toEqual({
      role: 'boss',
      on: 'tenant:acme',
      title: 'Boss',
      glyph: 'crown',
      tone: 'boss',
    })
    expect(roleView(policy, 'nobody', lobby).title).toBe('nobody')
    expect(roleView(policy, 'boss', lobby).title).toBe('boss')
  })
})

describe('channels', () => {
  test.each([
    ['team:lobby', 'team:lobby'],
    ['team:a:b', 'team:a:b'],
    ['note/minutes/live', 'note:minutes'],
    ['note/a/live/live', 'note:a/live'],
    ['team:', undefined],
    ['team', undefined],
    ['note//live', undefined],
    ['note/live', undefined],
    ['xteam:lobby', undefined],
    ['free', undefined],
    ['', undefined],
  ])('[PO18] `%s` is governed by %s', (channel, resource) => {
    expect(resourceOf(policy, channel)).toBe(resource)
  })

  test.each(['team:lobby', 'team:a:b', 'note:minutes'])(
    '[PO18] the channel of `%s` leads back to it',
    (id) => {
      const resource = id as ResourceId
      expect(resourceOf(policy, channelOf(policy, resource) ?? '')).toBe(resource)
    },
  )

  test('[PO18] a type without channels governs none', () => {
    expect(channelOf(policy, 'file:plan' as ResourceId)).toBeUndefined()
    expect(channelOf(policy, 'ghost:x' as ResourceId)).toBeUndefined()
  })

  test.each([
    ['[meta]team:lobby', undefined],
    ['[meta?rewind=1]team:lobby', undefined],
    ['[permissions]team:lobby', undefined],
    ['[?rewind=1]team:lobby', 'team:lobby'],
    ['[filter=YQ==]team:lobby', 'team:lobby'],
    ['[team:lobby', undefined],
  ])('[PO5] `%s` is governed by %s', (channel, resource) => {
    expect(resourceOf(policy, channel)).toBe(resource)
  })

  test.each([
    ['lobby::$chat', 'team:lobby'],
    ['a:b::$chat', 'team:a:b'],
    ['team:lobby::$chat', 'team:lobby'],
    ['note/minutes/live::$chat', 'note:minutes'],
    ['[?rewind=1]lobby::$chat', 'team:lobby'],
    ['::$chat', undefined],
    ['lobby::$chatter', undefined],
  ])('[PO19] `%s` is governed by %s', (channel, resource) => {
    expect(resourceOf(policy, channel)).toBe(resource)
  })

  test('[PO19] rooms belong to the only type without a home, to none among several, to none if none governs', () => {
    const homeless: PolicyDocument = { version: 1, tenant: house.tenant, types: house.types }
    expect(resourceOf(compilePolicy(homeless), 'lobby::$chat')).toBeUndefined()
    const single = compilePolicy({
      ...homeless,
      types: { note: { channels: 'n/{key}', actions: [], roles: {} } },
    })
    expect(resourceOf(single, 'lobby::$chat')).toBe('note:lobby')
    const types = {
      file: { actions: [], roles: {} },
      note: { channels: 'n/{key}', actions: [], roles: {} },
    }
    const elsewhere = { ...homeless, types, settings: { home: 'file:plan' as ResourceId } }
    expect(resourceOf(compilePolicy(elsewhere), 'lobby::$chat')).toBe('note:lobby')
    const none = compilePolicy({ ...homeless, types: {} })
    expect(resourceOf(none, 'lobby::$chat')).toBeUndefined()
  })
})

test('[PO36] views of rights are told from channels', () => {
  expect(parsePermissionView('[permissions]*')).toEqual({ all: true })
  expect(parsePermissionView('[permissions]team:lobby')).toEqual({ channel: 'team:lobby' })
  for (const name of [
    '',
    'permissions',
    '[permissions]',
    'x[permissions]*',
    '[permission]*',
    '*',
    '[meta]*',
  ]) {
    expect(parsePermissionView(name)).toBeUndefined()
  }
  for (const name of ['[permissions]*', '[permissions]team:lobby']) {
    const view = parsePermissionView(name)
    expect(view && permissionViewName(view)).toBe(name)
  }
})
